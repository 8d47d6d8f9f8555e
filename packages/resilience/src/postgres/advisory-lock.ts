import { randomBytes } from "node:crypto";
import type { Pool } from "./pool.ts";

const unkept = { isKept: false };

/**
 * Whether two pools reach one and the same database, whatever their URLs say: a lock taken through the one is then
 * refused through the other. Throws a StoreError if either cannot be asked.
 */
export async function isSameDatabase(one: Pool, other: Pool): Promise<boolean> {
  const key = randomBytes(8).readBigInt64BE().toString();
  return await one.transaction(async (tx) => {
    // The key stands in the text: a parameter's type would be asked for first.
    await tx.query(`select pg_advisory_xact_lock(${key})`, [], unkept);
    const [row] = await other.query<{ is_free: boolean }>(
      `select pg_try_advisory_xact_lock(${key}) as is_free`,
      [],
      unkept,
    );
    return row?.is_free === false;
  });
}
