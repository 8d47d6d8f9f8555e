import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";

// "white" "label", each of four letters: one key for every product, for a lock belongs to one database anyway.
const key = [0x77_68_74_65, 0x6c_61_62_6c] as const;

const pollMs = 100;

/**
 * Takes this database's migration lock for the session, and returns how long that took. It polls, because whoever
 * waits in pg_advisory_lock holds a snapshot that CREATE INDEX CONCURRENTLY waits for: both would wait forever.
 */
export async function takeLock(sql: Sql, deadlineMs: number): Promise<number> {
  const started = Date.now();
  for (;;) {
    const [row] = await sql`select pg_try_advisory_lock(${key[0]}::int, ${key[1]}::int) as is_ours`;
    if (row?.is_ours) return Date.now() - started;
    if (Date.now() - started > deadlineMs) {
      throw new OpsError(
        `Another migrator has worked on this database for more than ${Math.round(deadlineMs / 1000)} s.`,
        "Wait for it to end, then run this again; nothing was changed.",
      );
    }
    await sleep(pollMs + Math.random() * pollMs);
  }
}

/** The server's process behind this session: after a lost connection it is another one, and the lock is gone. */
export async function sessionOf(sql: Sql): Promise<number> {
  const [row] = await sql`select pg_backend_pid() as pid`;
  return row?.pid as number;
}
