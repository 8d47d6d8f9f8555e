import { LRUCache } from "lru-cache";

const one = () => 1;

type Options = Readonly<{
  /** Beyond so many entries those that were not asked for longest are forgotten. */
  most: number;
  /** How long an entry stays. */
  ttl?: number;
}>;

/**
 * What is remembered of callers, tokens and addresses, within bounds. It grows with its entries: by `max` the library would
 * make room for all of them at once, which four caches took 6 ms of each start for.
 */
export function boundedCache<V extends {}>({ most, ttl }: Options): LRUCache<string, V> {
  return new LRUCache({ maxSize: most, sizeCalculation: one, ...(ttl !== undefined && { ttl }) });
}
