import { expect, it } from "vitest";
import { boundedCache } from "./bounded-cache.ts";

it("forgets those that were not asked for longest beyond its bound", () => {
  const cache = boundedCache<number>({ most: 3 });
  for (const [value, name] of ["a", "b", "c"].entries()) cache.set(name, value);
  cache.get("a");
  cache.set("d", 3);
  expect([...cache.keys()].sort()).toEqual(["a", "c", "d"]);

  for (let n = 0; n < 10_000; n += 1) cache.set(`name ${n}`, n);
  expect(cache.size).toBe(3);
  expect(cache.get("name 9999")).toBe(9_999);
});

it("takes no memory for entries that it does not have", () => {
  const before = process.memoryUsage();
  const caches = Array.from({ length: 100 }, () => boundedCache<number>({ most: 50_000, ttl: 1_000 }));
  const after = process.memoryUsage();
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(10e6);
  expect(caches).toHaveLength(100);
});
