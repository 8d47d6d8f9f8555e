import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { watchBlockers } from "./blockers.ts";
import { expectLock } from "./lock.ts";
import { preamble, type Script } from "./scripts.ts";
import type { Beginning } from "./without-transaction.ts";

export type ApplyOptions = Readonly<{
  lockTimeoutMs: number;
  /** For what runs outside a transaction, which waits for others but lets nobody wait. */
  patientLockTimeoutMs: number;
  statementTimeoutMs: number;
  /** How long to stand back after each time that a lock could not be had; then it is given up. */
  backOffMs: readonly number[];
  version: string;
  /** Another session to the same database, to see who holds what we wait for. */
  open: () => Promise<Sql>;
  log: (line: string) => void;
}>;

// Lock not available, deadlock: somebody else's transaction was in the way, and nothing happened.
const worthRetrying = new Set(["55P03", "40P01"]);

/**
 * Runs a script with its ledger row. In one transaction, unless it says otherwise: afterwards the schema is as before
 * or as after. Returns how long it took.
 */
export async function applyScript(
  sql: Sql,
  script: Script,
  beginning: Beginning,
  options: ApplyOptions,
): Promise<number> {
  // A migration's own SET would outlive its transaction.
  await sql`reset all`;
  if (!script.noTransaction) {
    return durationOf(
      await patiently(sql, script, options, options.lockTimeoutMs, () => run(sql, script.whole(options))),
    );
  }
  // A large index takes its time twice over, and nobody waits for it.
  await sql`select set_config('statement_timeout', ${`${options.statementTimeoutMs * 6}ms`}, false)`;
  await run(sql, expectLock + script.begin(options.version));
  for (const { toRun } of script.pieces(beginning)) {
    await patiently(sql, script, options, options.patientLockTimeoutMs, async () => {
      await sql`select set_config('lock_timeout', ${`${options.patientLockTimeoutMs}ms`}, false)`;
      for (const text of await toRun(sql)) {
        await run(sql, expectLock);
        await run(sql, text);
      }
    });
  }
  return durationOf(await run(sql, expectLock + script.end()));
}

// One message of several statements is one transaction by the protocol: there is no BEGIN that a lost connection
// could part from its COMMIT, and nothing to roll back.
async function run(sql: Sql, text: string): Promise<{ duration_ms?: number }[][]> {
  return (await sql.unsafe(text).simple()) as unknown as { duration_ms?: number }[][];
}

const durationOf = (results: { duration_ms?: number }[][]) => results.at(-1)?.[0]?.duration_ms ?? 0;

/** Tries again after a pause when a lock could not be had. A pause lets through those who queued behind us. */
async function patiently<T>(
  sql: Sql,
  script: Script,
  options: ApplyOptions,
  timeoutMs: number,
  work: () => Promise<T>,
) {
  const [row] = await sql`select pg_backend_pid() as pid`;
  const started = performance.now();
  for (let attempt = 0; ; attempt++) {
    const watch = watchBlockers(options.open, row?.pid, Math.min(timeoutMs / 3, 5_000));
    let blocker: string | undefined;
    try {
      return await work().finally(async () => {
        blocker = await watch.stop();
      });
    } catch (error) {
      const wait = options.backOffMs[attempt];
      if (!isLockFailure(error)) throw failure(script, options, error);
      if (wait === undefined) throw gaveUp(script, attempt + 1, performance.now() - started, blocker, error);
      options.log(`${script.name} waits for a lock${blocker ? `: ${blocker}` : ""}; again in ${seconds(wait)}`);
      await sleep(wait);
    }
  }
}

const isLockFailure = (error: unknown) => error instanceof postgres.PostgresError && worthRetrying.has(error.code);

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function gaveUp(
  { file, noTransaction }: Script,
  attempts: number,
  ms: number,
  blocker: string | undefined,
  cause: unknown,
) {
  const { code } = cause as postgres.PostgresError;
  return new OpsError(
    `${file}: gave up after ${attempts} ${attempts === 1 ? "attempt" : "attempts"} in ${seconds(ms)}, because ` +
      `${blocker ?? "something else"}${blocker ? "" : " held a lock"} (${code}).`,
    `${leftBehind(noTransaction)} Let it end, or end it, then run this again.`,
    { cause },
  );
}

function failure(script: Script, options: ApplyOptions, error: unknown): OpsError {
  const { file, sql, noTransaction } = script;
  const { code, message, position } = error as postgres.PostgresError;
  if (!(error instanceof postgres.PostgresError) || code.startsWith("57P")) {
    return new OpsError(
      `${file}: the connection was lost on the way (${code ?? "unknown"}).`,
      "The ledger in the database knows whether it was applied: run this again, and it goes on from there.",
      { cause: error },
    );
  }
  const inFile = noTransaction ? 0 : Number(position) - preamble(options).length;
  const where = inFile > 0 ? `${file}:${sql.slice(0, inFile).split("\n").length}` : file;
  return new OpsError(
    `${where}: ${message} (${code})`,
    `${leftBehind(noTransaction)} Put the file right, then run this again.`,
    { cause: error },
  );
}

const leftBehind = (noTransaction: boolean) =>
  noTransaction
    ? "What it had done stays done; the next run goes on from there and rebuilds an index left invalid."
    : "Nothing of this migration was done.";
