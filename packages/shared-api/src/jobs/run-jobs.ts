import { randomUUID } from "node:crypto";
import { type Database, storeErrorIn } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import { errorDetails } from "../http/error-details.ts";
import { giveUpLeases, type Lease, takeLease } from "./leases.ts";

/** Something that one replica of a product does again and again. Doing it twice at once must do no harm. */
export type Job = Readonly<{
  /** The key of its lease. */
  name: string;
  everyMs: number;
  /** How long it may take; it is told by the signal and looks at that between its steps. */
  deadlineMs: number;
  run(turn: Turn): Promise<void>;
}>;

export type Turn = Readonly<{ lease: Lease; holder: string; signal: AbortSignal }>;

export type Jobs = Readonly<{ stop(): Promise<void> }>;

type Options = Readonly<{ database: Database; log: Logger; jobs: readonly Job[] }>;

/** A lease is renewed so often. With its length it says how soon a crashed holder is replaced: within ten seconds. */
const RENEW_EVERY_MS = 2_000;

/** Runs those jobs whose lease this process gets, until it is stopped. Nothing that fails in one ends anything else. */
export function startJobs({ database, log, jobs }: Options): Jobs {
  const holder = randomUUID();
  const stopped = new AbortController();
  const running = new Set<Promise<void>>();

  const loops = jobs.map((job) => {
    let startedAt = Number.NEGATIVE_INFINITY;
    let current: Promise<void> | undefined;
    const [sayLease, sayRun] = [sayOnce(log, job.name), sayOnce(log, job.name)];

    /** Renews the lease while the job runs, too. */
    async function look(): Promise<void> {
      const lease = await takeLease(database, job.name, holder);
      sayLease(undefined);
      if (!lease || current || stopped.signal.aborted) return;
      if (performance.now() - startedAt < job.everyMs) return;
      startedAt = performance.now();
      current = runOnce(job, { lease, holder, signal: stopped.signal })
        .then(() => sayRun(undefined), sayRun)
        .finally(() => {
          if (current) running.delete(current);
          current = undefined;
        });
      running.add(current);
    }

    return every(Math.min(RENEW_EVERY_MS, job.everyMs), stopped.signal, () => look().catch(sayLease));
  });

  return {
    async stop() {
      stopped.abort();
      await Promise.allSettled([...loops, ...running]);
      await giveUpLeases(database, holder).catch(() => {});
    },
  };
}

async function runOnce(job: Job, turn: Turn): Promise<void> {
  const late = AbortSignal.timeout(job.deadlineMs);
  const signal = AbortSignal.any([turn.signal, late]);
  const isOver = new Promise<void>((resolve, reject) => {
    late.addEventListener("abort", () => reject(new JobError("late")), { once: true });
    turn.signal.addEventListener("abort", () => resolve(), { once: true }); // nobody waits for it at the end
  });
  await Promise.race([job.run({ ...turn, signal }), isOver]);
}

class JobError extends Error {
  override readonly name = "JobError";
}

/** Logs what is wrong when it begins and when it is over, and not every two seconds. */
function sayOnce(log: Logger, job: string) {
  let said = "";
  return (error: unknown): void => {
    const store = storeErrorIn(error);
    const what = error === undefined ? "" : (store?.message ?? errorDetails(error).name);
    if (what === said) return;
    said = String(what);
    if (error === undefined) log.info({ job }, "the job runs again");
    else log[store ? "warn" : "error"]({ job, error: errorDetails(error) }, "the job failed");
  };
}

/** Does it, rests, and does it again, so that it is never done twice at once. */
async function every(ms: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await rest(ms, signal);
  }
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    // A little uneven, or replicas that started together would ask together for ever.
    const timer = setTimeout(done, ms * (0.9 + Math.random() / 5)).unref();
    signal.addEventListener("abort", done, { once: true });
    if (signal.aborted) done();
  });
}
