import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";

// "white" "label", each of four letters: one key for every product, for a lock belongs to one database anyway.
const key = [0x77_68_74_65, 0x6c_61_62_6c] as const;

const pollMs = 50;

export const tryLock = `select pg_try_advisory_lock(${key[0]}, ${key[1]}) as is_ours`;

/**
 * Takes this database's migration lock for the session, and returns how long that took. It polls, because whoever
 * waits in pg_advisory_lock holds a snapshot that CREATE INDEX CONCURRENTLY waits for: both would wait forever.
 */
export async function takeLock(sql: Sql, deadlineMs: number): Promise<number> {
  const started = Date.now();
  for (;;) {
    const [row] = await sql.unsafe(tryLock);
    if (row?.is_ours) return Date.now() - started;
    if (Date.now() - started > deadlineMs) {
      throw new OpsError(
        `Another migrator has worked on this database for more than ${Math.round(deadlineMs / 1000)} s.`,
        "Wait for it to end, then run this again; nothing was changed.",
      );
    }
    await sleep(pollMs + Math.random() * 3 * pollMs);
  }
}

/**
 * Fails in a session that does not hold the lock: after a lost connection the driver opens another one, and goes on
 * as if nothing had happened.
 */
export const expectLock = `
do $$ begin
  if not exists (
    select from pg_locks
    where locktype = 'advisory' and classid = ${key[0]} and objid = ${key[1]} and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())
      and pid = pg_backend_pid() and granted
  ) then raise 'the connection was lost, and with it the migration lock'; end if;
end $$;
`;

/** Whether a statement failed by that, or by a connection that ended under it. */
export function isLostLock(error: unknown): boolean {
  const { code = "" } = error as { code?: string };
  return !(error instanceof postgres.PostgresError) || code === "P0001" || code.startsWith("57P");
}
