import { createHmac } from "node:crypto";
import type { Redis } from "@whitelabel/shared-redis";
import { boundedCache } from "../bounded-cache.ts";
import { addCounts } from "./add-counts.ts";

/** Where a caller stands after asking once more. */
export type Standing = Readonly<{
  isWithin: boolean;
  /** Requests left now. */
  remaining: number;
  /** Seconds until the window ends. */
  resetSeconds: number;
  /** Seconds until the next request is within again; 0 if this one was. */
  retrySeconds: number;
}>;

export type RateCounters = Readonly<{
  /** Counts a request of `name`, unless it is beyond `limit` a minute: whoever is refused does not push the end away. */
  take(name: string, limit: number): Standing;
  /** As `take`, and counts nothing. */
  look(name: string, limit: number): Standing;
}>;

type Options = Readonly<{
  redis: Redis;
  /** Names are addresses and users: Redis gets an HMAC of them. */
  key: Buffer;
  now?: () => number;
}>;

/** What this process knows of a caller: the count of the minute, of all replicas as far as it has been told. */
type Count = { minute: number; count: number; before: number; untold: number };

const MINUTE_MS = 60_000;
/** How often a replica tells the others, so also for how long it does not know of them. */
const TELL_EVERY_MS = 200;
/** A script holds up Redis while it runs: 200 callers take it half a millisecond. */
const NAMES_A_SCRIPT = 200;
const SCRIPTS_A_ROUND = 5;
/** About 10 MB. Beyond it the callers that were quiet for longest are forgotten, and begin anew. */
const MAX_NAMES = 50_000;

/**
 * Counts requests a minute, over a window that slides: the minute before counts by the share of it that is still inside.
 * Counting is a look-up in this process; Redis is told in the background and answers what the others counted. So no
 * request waits for Redis, and while it is away each process goes on with what it counts itself.
 */
export function openRateCounters({ redis, key, now = Date.now }: Options): RateCounters {
  const counts = boundedCache<Count>({ most: MAX_NAMES });
  const untold = new Set<string>();
  let isTelling = false;

  function countOf(name: string, minute: number): Count {
    const known = counts.get(name);
    if (known?.minute === minute) return known;
    const before = known?.minute === minute - 1 ? known.count : 0;
    const count = { minute, count: 0, before, untold: 0 };
    counts.set(name, count);
    return count;
  }

  function ask(name: string, limit: number, cost: 0 | 1): Standing {
    const time = now();
    const minute = Math.floor(time / MINUTE_MS);
    const passed = time / MINUTE_MS - minute;
    const count = countOf(name, minute);
    const left = limit - count.count - count.before * (1 - passed);
    const isWithin = left >= 1;
    if (isWithin && cost === 1) {
      count.count += 1;
      count.untold += 1;
      tellLater(name);
    }
    return {
      isWithin,
      remaining: Math.max(0, Math.floor(isWithin ? left - cost : left)),
      resetSeconds: Math.ceil((1 - passed) * 60),
      retrySeconds: isWithin ? 0 : Math.max(1, Math.ceil(60 * waitOf(count, limit, passed))),
    };
  }

  function tellLater(name: string): void {
    if (redis.state() === "absent") return;
    untold.add(name);
    if (isTelling) return;
    isTelling = true;
    setTimeout(tell, TELL_EVERY_MS).unref();
  }

  async function tell(): Promise<void> {
    try {
      for (let round = 0; round < SCRIPTS_A_ROUND && untold.size > 0 && redis.state() === "up"; round += 1) {
        await tellSome();
      }
    } catch {
      // Redis went away, which its own log says; what is untold is told once it is back, if the minute is not over.
    }
    isTelling = false;
    const [next] = untold;
    if (next !== undefined && redis.state() === "up") tellLater(next);
  }

  async function tellSome(): Promise<void> {
    const batch = nextBatch();
    if (batch.length === 0) return;

    // What is under way when Redis goes away may still arrive, so it is not told again: nobody is counted twice.
    for (const { name, count, told } of batch) {
      count.untold -= told;
      untold.delete(name);
    }
    const keys = batch.flatMap(({ name, count }) => {
      const hidden = createHmac("sha256", key).update(name).digest("base64url").slice(0, 22);
      return [`rate:${count.minute}:${hidden}`, `rate:${count.minute - 1}:${hidden}`];
    });
    const totals = (await redis.script(
      addCounts,
      keys,
      batch.map(({ told }) => told),
    )) as number[];

    for (const [index, { count }] of batch.entries()) {
      // Never less than what was counted here: Redis may have been flushed.
      count.count = Math.max(count.count, Number(totals[2 * index]) + count.untold);
      count.before = Math.max(count.before, Number(totals[2 * index + 1]));
    }
  }

  function nextBatch() {
    const batch: { name: string; count: Count; told: number }[] = [];
    for (const name of untold) {
      const count = counts.peek(name);
      if (count && count.untold > 0) batch.push({ name, count, told: count.untold });
      else untold.delete(name); // forgotten, or its minute is over
      if (batch.length === NAMES_A_SCRIPT) break;
    }
    return batch;
  }

  return { take: (name, limit) => ask(name, limit, 1), look: (name, limit) => ask(name, limit, 0) };
}

/** Minutes until one more is within, if nothing else is asked. */
function waitOf({ count, before }: Count, limit: number, passed: number): number {
  // This minute's own requests fill it: they have to slide out of the window in the next one.
  if (limit - count < 1) return 1 - passed + (1 - (limit - 1) / count);
  return 1 - (limit - 1 - count) / before - passed;
}
