import { createHmac } from "node:crypto";
import type { Database, Statements } from "@whitelabel/shared-db";
import type { Context } from "hono";
import type { AppEnv, Deps } from "../deps.ts";
import { AppError } from "../http/app-error.ts";
import { deriveKey } from "../http/derived-keys.ts";

export type Making<T, Prepared = undefined> = Readonly<{
  /** What needs another store, such as core; not done for a repetition, which is answered whether that store is there. */
  prepare?(): Promise<Prepared>;
  /** Makes the thing, talking to the given statements only: it may run again after a deadlock. */
  make(to: Statements, prepared: Prepared): Promise<T>;
  /** What was made, as it is now, to answer a repetition. */
  find(id: string): Promise<T | undefined>;
  /** The id to find it by; null where nothing was made, and the repetition answers with `nothing`. */
  idOf(made: T): string | null;
  nothing?: T;
}>;

/** How long a key is remembered. */
const HOURS = 24;

/** `<key>` of the `Idempotency-Key` header, as clients make them: printable, without spaces. */
const form = /^[\x21-\x7e]{1,255}$/;

/**
 * Makes something once for an `Idempotency-Key`: the same key and request of the same caller get the same thing again
 * for 24 hours and nothing is made twice; another request under the key is 422, one while the first still runs 409.
 * The key is stored in the transaction of the effect, as hashes and the id of what was made. Without a key it is made
 * at once, by statements of their own.
 */
export async function once<T, Prepared = undefined>(
  c: Context<AppEnv>,
  { env, database }: Pick<Deps, "env" | "database">,
  making: Making<T, Prepared>,
): Promise<T> {
  const key = c.req.header("Idempotency-Key");
  const prepare = async () => (await making.prepare?.()) as Prepared;
  if (key === undefined) return await making.make(database, await prepare());
  if (!form.test(key)) throw invalidKey("Up to 255 printable characters without spaces");

  const mac = hmac(deriveKeyOnce(env.appSecret.secret));
  const asked = {
    caller: callerKey(c),
    key_hmac: mac(key),
    request_hmac: mac(`${c.req.method} ${c.req.path}\n${await c.req.text()}`),
  };
  const known = await findKey(database, asked);
  if (known?.is_fresh) return await repeat(c, making, known);

  const prepared = await prepare();
  const outcome = await database.transaction((tx) =>
    makeUnderKey(tx, asked, making.idOf, () => making.make(tx, prepared)),
  );
  return "made" in outcome ? outcome.made : await repeat(c, making, outcome);
}

/** Answers with what was made, as it is now. */
async function repeat<T>(
  c: Context<AppEnv>,
  { find, nothing }: Pick<Making<T, never>, "find" | "nothing">,
  { result_id }: Pick<Key, "result_id">,
): Promise<T> {
  c.header("Idempotency-Replayed", "true");
  if (result_id === null) return nothing as T;
  const found = await find(result_id);
  if (found === undefined) throw new AppError("gone", "What was made under this key is no longer there");
  return found;
}

type Asked = Readonly<{ caller: string; key_hmac: string; request_hmac: string }>;
type Key = Readonly<{ request_hmac: string; result_id: string | null; is_fresh: boolean }>;
type Outcome<T> = Readonly<{ made: T } | Pick<Key, "result_id">>;

async function makeUnderKey<T>(
  tx: Statements,
  asked: Asked,
  idOf: (made: T) => string | null,
  make: () => Promise<T>,
): Promise<Outcome<T>> {
  const { caller, key_hmac, request_hmac } = asked;
  // Freed with the transaction, by a crash too.
  const [lock] = await tx.sql<{ is_ours: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${caller} ${key_hmac}`}, 0)) as is_ours`;
  if (!lock?.is_ours) {
    throw new AppError("conflict", "A request with this Idempotency-Key is still running", {
      headers: { "Retry-After": "1" },
    });
  }
  const known = await findKey(tx, asked);
  if (known?.is_fresh) return known;
  if (known) await tx.sql`delete from idempotency_keys where caller = ${caller} and key_hmac = ${key_hmac}`;

  const made = await make();
  const id = idOf(made);
  await tx.sql`
    insert into idempotency_keys (caller, key_hmac, request_hmac, status, result_id)
    values (${caller}, ${key_hmac}, ${request_hmac}, ${id === null ? 204 : 201}, ${id})`;
  return { made };
}

/** The key, if it was used before; refused if that was for another request. */
async function findKey({ sql }: Statements, { caller, key_hmac, request_hmac }: Asked): Promise<Key | undefined> {
  const [known] = await sql<Key>`
    select request_hmac, result_id, created_at > now() - make_interval(hours => ${HOURS}) as is_fresh
    from idempotency_keys where caller = ${caller} and key_hmac = ${key_hmac}`;
  if (known?.is_fresh && known.request_hmac !== request_hmac) throw invalidKey("Already used for another request");
  return known;
}

/** Keys that nobody can use any more. */
export async function deleteOldKeys({ sql }: Database): Promise<void> {
  await sql`delete from idempotency_keys where created_at < now() - make_interval(hours => ${HOURS})`;
}

function callerKey(c: Context<AppEnv>): string {
  const [user, guest] = [c.get("user"), c.get("guest")];
  if (user) return `user:${user.id}`;
  if (guest) return `guest:${guest.link_id}`;
  throw new AppError("unauthenticated", "Send a session token");
}

function invalidKey(message: string): AppError {
  return new AppError("invalid", "The Idempotency-Key is not valid", {
    errors: [{ path: "header.Idempotency-Key", message }],
  });
}

const hmac = (key: Buffer) => (text: string) => createHmac("sha256", key).update(text).digest("hex");

const keys = new Map<string, Buffer>();

/** Deriving costs more than the hashes that it is for. */
function deriveKeyOnce(secret: string): Buffer {
  const known = keys.get(secret);
  if (known) return known;
  const key = deriveKey(secret, "idempotency");
  keys.set(secret, key);
  return key;
}
