import { setTimeout as sleep } from "node:timers/promises";
import { StoreError } from "@whitelabel/shared-db";
import { openRedis, type Redis } from "@whitelabel/shared-redis";
import { describe, expect, it } from "vitest";
import { openRateCounters } from "./rate-counters.ts";

const key = Buffer.alloc(32, 7);
const absent = openRedis({ prefix: "bestays:" });
const MINUTE = 60_000;

function counters(redis: Redis = absent, start = 1_000 * MINUTE) {
  const clock = { time: start };
  return { clock, ...openRateCounters({ redis, key, now: () => clock.time }) };
}

describe("a caller's count", () => {
  it("lets through as many a minute as the limit, and says how many are left", () => {
    const { take } = counters();
    const standings = Array.from({ length: 12 }, () => take("a", 10));
    expect(standings.map(({ isWithin }) => isWithin)).toEqual([...Array(10).fill(true), false, false]);
    expect(standings.map(({ remaining }) => remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0]);
    expect(take("b", 10).isWithin).toBe(true);
  });

  it.each([1, 2, 10, 600])("of %i a minute is open again when it said, and not a second before", (limit) => {
    for (const into of [0, 0.3, 0.99]) {
      const { clock, take, look } = counters(absent, (1_000 + into) * MINUTE);
      for (let index = 0; index < limit; index += 1) take("a", limit);
      const { isWithin, retrySeconds } = take("a", limit);
      expect(isWithin).toBe(false);
      clock.time += (retrySeconds - 1) * 1_000 - 1;
      expect(look("a", limit).isWithin).toBe(false);
      clock.time += 1_001;
      expect(take("a", limit).isWithin).toBe(true);
    }
  });

  it("never lets through twice the limit around the turn of a minute", () => {
    const { clock, take } = counters(absent, 1_000.99 * MINUTE);
    let through = 0;
    for (let index = 0; index < 2_000; index += 1) {
      clock.time += 20;
      if (take("a", 100).isWithin) through += 1;
    }
    expect(through).toBeLessThan(180); // in 40.6 s: the window's own limit, and what slid out of it
  });

  it("is only looked at by `look`", () => {
    const { take, look } = counters();
    for (let index = 0; index < 5; index += 1) look("a", 1);
    expect(take("a", 1).isWithin).toBe(true);
    expect(look("a", 1).isWithin).toBe(false);
  });
});

describe("counts of several replicas", () => {
  it("become one, without any request waiting for Redis, and Redis learns no address", async () => {
    const redis = sharedRedis();
    const [one, two] = [counters(redis.client), counters(redis.client)];
    for (let index = 0; index < 6; index += 1) one.take("address:203.0.113.7", 10);
    await until(() => redis.sum() === 6);
    for (let index = 0; index < 3; index += 1) two.take("address:203.0.113.7", 10);
    await until(() => redis.sum() === 9);
    await until(() => two.look("address:203.0.113.7", 10).remaining === 1);
    expect(two.take("address:203.0.113.7", 10).isWithin).toBe(true);
    expect(two.take("address:203.0.113.7", 10).isWithin).toBe(false);
    expect(redis.keys().join()).not.toContain("203");

    // The minute before, too, is everybody's.
    await until(() => redis.sum() === 10);
    for (const each of [one, two]) each.clock.time += MINUTE;
    two.take("address:203.0.113.7", 10);
    one.take("address:203.0.113.7", 10);
    await until(() => !one.look("address:203.0.113.7", 10).isWithin);
  });

  it("go on in each process while Redis is away, and are told when it is back", async () => {
    const redis = sharedRedis();
    redis.isAway = true;
    const { take } = counters(redis.client);
    const standings = Array.from({ length: 5 }, () => take("a", 4).isWithin);
    expect(standings).toEqual([true, true, true, true, false]);
    await sleep(500); // longer than until the others are told
    redis.isAway = false;
    take("b", 4);
    await until(() => redis.sum() === 5);
  });

  it("are not told twice when it is unknown whether Redis heard them", async () => {
    const redis = sharedRedis();
    const { take } = counters(redis.client);
    redis.isDeaf = true;
    for (let index = 0; index < 5; index += 1) take("a", 10);
    await until(() => redis.asked() === 1);
    redis.isDeaf = false;
    take("a", 10);
    await until(() => redis.asked() === 2);
    expect(redis.sum()).toBe(6);
  });

  it("never fall because Redis was flushed", async () => {
    const redis = sharedRedis();
    const { take, look } = counters(redis.client);
    for (let index = 0; index < 4; index += 1) take("a", 5);
    await until(() => redis.sum() === 4);
    redis.flush();
    take("a", 5);
    await until(() => redis.sum() === 1);
    expect(look("a", 5).isWithin).toBe(false);
  });
});

/** What two replicas see of one Redis: the script's counters, and its absence. */
function sharedRedis() {
  const totals = new Map<string, number>();
  let asked = 0;
  const self: { isAway: boolean; isDeaf: boolean; client: Redis } & Record<"asked" | "sum", () => number> &
    Record<"keys", () => string[]> &
    Record<"flush", () => void> = {
    isAway: false,
    isDeaf: false,
    asked: () => asked,
    keys: () => [...totals.keys()],
    sum: () => [...totals.values()].reduce((sum, total) => sum + total, 0),
    flush: () => totals.clear(),
    client: {
      ...absent,
      state: () => (self.isAway ? "down" : "up"),
      script: (_script: unknown, keys: readonly string[], args: readonly number[] = []) => {
        asked += 1;
        if (self.isAway) return Promise.reject(new StoreError("redis", "lost"));
        const answer = keys.map((name, index) => {
          if (index % 2 === 1) return totals.get(name) ?? 0;
          const total = (totals.get(name) ?? 0) + Number(args[index / 2]);
          totals.set(name, total);
          return total;
        });
        // It did what it was asked, but nobody hears its answer.
        return self.isDeaf ? Promise.reject(new StoreError("redis", "deadline")) : Promise.resolve(answer);
      },
    } as Redis,
  };
  return self;
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 5_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("Not within 5 s");
    await sleep(10);
  }
}
