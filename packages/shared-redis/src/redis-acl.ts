// Every type of value, none of the commands that look beyond a key: SCAN, KEYS, RANDOMKEY and PUBSUB CHANNELS tell the
// names of other products' keys and channels, and no pattern limits them.
const types = "+@string +@hash +@list +@set +@sortedset +@stream +@bitmap +@hyperloglog -@blocking -@dangerous";
const keys = "+del +unlink +exists +type +expire +pexpire +expireat +pexpireat +ttl +pttl +persist";
const scripts = "+eval +evalsha";
const channels = "+publish +subscribe +unsubscribe";
const connection = "+auth +hello +ping +quit +client|setinfo +client|setname";

/**
 * The line of a Redis ACL file (without its newline) that holds a product's user inside the product's keys, channels and
 * database. `secret` is written as ACL files do: `>password`, or `#` and the SHA-256 of the password.
 */
export function redisAcl(
  product: Readonly<{ redisUser: string; redisPrefix: string; redisDb: number }>,
  secret: `>${string}` | `#${string}`,
): string {
  const { redisUser, redisPrefix, redisDb } = product;
  if (/\s/.test(secret) || secret.length < 2) throw new Error("A Redis password in an ACL line has no spaces");
  const rules = [types, keys, scripts, channels, connection, `+select|${redisDb}`].join(" ");
  return `user ${redisUser} reset on ${secret} ~${redisPrefix}* &${redisPrefix}* -@all ${rules}`;
}
