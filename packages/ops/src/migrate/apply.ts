import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { ledgerRow } from "./ledger.ts";
import type { Migration } from "./read-folder.ts";

export type ApplyOptions = Readonly<{
  /** The session that holds the lock. */
  session: number;
  lockTimeoutMs: number;
  statementTimeoutMs: number;
  /** How long to stand back after each time that a lock could not be had; then it is given up. */
  backOffMs: readonly number[];
  version: string;
}>;

// Lock not available, deadlock: somebody else's transaction was in the way, and nothing happened.
const worthRetrying = new Set(["55P03", "40P01"]);

/** Runs one migration with its ledger row in one transaction: afterwards the schema is as before or as after. */
export async function applyMigration(sql: Sql, migration: Migration, options: ApplyOptions): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await runOnce(sql, migration, options);
    } catch (error) {
      const wait = options.backOffMs[attempt];
      if (!(error instanceof postgres.PostgresError) || !worthRetrying.has(error.code) || wait === undefined) {
        throw failure(migration, options, error);
      }
      await sleep(wait);
    }
  }
}

// One message of several statements is one transaction by the protocol: there is no BEGIN that a lost connection
// could part from its COMMIT, and nothing to roll back.
async function runOnce(sql: Sql, migration: Migration, options: ApplyOptions): Promise<number> {
  // A migration's own SET would outlive its transaction.
  await sql`reset all`;
  const results = await sql.unsafe(preamble(options) + migration.sql + ledgerRow(migration, options.version)).simple();
  return (results as unknown as { duration_ms: number }[][]).at(-1)?.[0]?.duration_ms ?? 0;
}

// After a lost connection the driver opens another, which does not hold the lock.
const preamble = ({ session, lockTimeoutMs, statementTimeoutMs }: ApplyOptions) => `
  do $$ begin
    if pg_backend_pid() <> ${session} then raise 'the connection was lost, and with it the migration lock'; end if;
  end $$;
  select set_config('lock_timeout', '${lockTimeoutMs}ms', true),
    set_config('statement_timeout', '${statementTimeoutMs}ms', true);
`;

function failure({ file, sql }: Migration, options: ApplyOptions, error: unknown): OpsError {
  const { code, message, position } = error as postgres.PostgresError;
  const inFile = Number(position) - preamble(options).length;
  const where = inFile > 0 ? `${file}:${sql.slice(0, inFile).split("\n").length}` : file;
  return new OpsError(
    `${where}: ${message}${code ? ` (${code})` : ""}`,
    code && worthRetrying.has(code)
      ? "Something else held a lock for too long. Nothing of this migration was applied; run it again at a quieter time."
      : "Nothing of this migration was applied. Put the file right, then run this again.",
    { cause: error },
  );
}
