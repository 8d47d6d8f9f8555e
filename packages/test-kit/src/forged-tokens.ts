import { createHmac, generateKeyPairSync, sign as signBytes } from "node:crypto";
import { type Product, products } from "@whitelabel/shared-config";
import { exportJWK } from "jose";
import { type Claims, type FakeClerk, fakeClerk } from "./fake-clerk.ts";

/**
 * Tokens that must all be refused, by what is wrong with each. `claims` are what an attacker would put in: the
 * subject of a real user, so that only the signature, the header or a date stands between them and that user.
 */
export async function forgedTokens(product: Product, claims: Claims = {}): Promise<Record<string, string>> {
  const clerk = fakeClerk(product);
  const payload = clerk.claimsOf(claims);
  const usual = { alg: "RS256", typ: "JWT", kid: clerk.kid };
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const strangersJwk = await exportJWK(stranger.publicKey);
  const strangers = (header: object) =>
    token(header, payload, (text) => signBytes("sha256", text, stranger.privateKey));
  const secretFrom = (key: string) => (text: Buffer) => createHmac("sha256", key).update(text).digest();
  const now = Math.floor(Date.now() / 1000);
  const good = await clerk.sign(claims);
  const [head = "", body = "", signature = ""] = good.split(".");

  return {
    "no algorithm": token({ ...usual, alg: "none" }, payload, () => Buffer.alloc(0)),
    "no algorithm, capitals": token({ ...usual, alg: "nOnE" }, payload, () => Buffer.alloc(0)),
    "HS256 with the public key as secret": token({ ...usual, alg: "HS256" }, payload, secretFrom(clerk.publicKey)),
    "HS256 with an empty secret": token({ ...usual, alg: "HS256" }, payload, secretFrom("")),
    "another key": strangers(usual),
    "another key, unknown kid": strangers({ ...usual, kid: "ins_unknown" }),
    "another key, kid as a path": strangers({ ...usual, kid: "../../../../dev/null" }),
    "another key, no kid": strangers({ alg: "RS256", typ: "JWT" }),
    "another key in jwk": strangers({ ...usual, jwk: strangersJwk }),
    "another key by jku": strangers({ ...usual, jku: "http://127.0.0.1:9/jwks.json" }),
    "another key by x5u": strangers({ ...usual, x5u: "http://127.0.0.1:9/certificate.pem" }),
    "an unknown crit": signedWith(clerk, { ...usual, crit: ["http://example.test/unknown"] }, payload),
    "an unknown crit with its field": signedWith(
      clerk,
      { ...usual, crit: ["http://example.test/unknown"], "http://example.test/unknown": true },
      payload,
    ),
    expired: await clerk.sign({ ...claims, iat: now - 120, nbf: now - 120, exp: now - 10 }),
    "not yet valid": await clerk.sign({ ...claims, nbf: now + 60, exp: now + 120 }),
    "without expiry": await clerk.sign({ ...claims, exp: undefined }),
    "another issuer": await clerk.sign({ ...claims, iss: "https://clerk.example.test" }),
    "an issuer that begins alike": await clerk.sign({ ...claims, iss: `${clerk.issuer}.example.test` }),
    "without issuer": await clerk.sign({ ...claims, iss: undefined }),
    "another party": await clerk.sign({ ...claims, azp: "https://example.test" }),
    "without party": await clerk.sign({ ...claims, azp: undefined }),
    "without subject": await clerk.sign({ ...claims, sub: undefined }),
    "another's claims under a good signature": [head, encode({ ...payload, sub: "user_other" }), signature].join("."),
    "a signature cut short": good.slice(0, -8),
    "no signature": `${head}.${body}.`,
    "two parts": `${head}.${body}`,
    garbage: "e30.e30.e30",
    ...(await tokensOfOthers(product, claims)),
  };
}

/** Good tokens of every other product, and one of theirs that claims to be ours. */
async function tokensOfOthers(product: Product, claims: Claims): Promise<Record<string, string>> {
  const { issuer, origin, kid } = fakeClerk(product);
  const tokens: Record<string, string> = {};
  for (const other of products.filter(({ id }) => id !== product.id)) {
    const clerk = fakeClerk(other);
    tokens[`${other.id}'s own`] = await clerk.sign(claims);
    tokens[`${other.id}'s key in our name`] = await clerk.sign({ ...claims, iss: issuer, azp: origin }, { kid });
  }
  return tokens;
}

function signedWith({ privateKey }: FakeClerk, header: object, payload: Claims): string {
  return token(header, payload, (text) => signBytes("sha256", text, privateKey));
}

function token(header: object, payload: Claims, sign: (text: Buffer) => Buffer): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${sign(Buffer.from(text)).toString("base64url")}`;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
