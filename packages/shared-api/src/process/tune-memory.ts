import { executionAsyncResource } from "node:async_hooks";
import { PerformanceObserver } from "node:perf_hooks";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Keeps what requests leave behind among the young objects, and the heap near its live size; what each does was measured:
 * docs/performance.md, "Memory". Called once, when all that a process keeps is made. On the command line the same flags would
 * make V8 refuse the compiled code that the bundle and Node itself carry (docs/decisions/0014).
 */
export function tuneMemory(): void {
  // Where many objects were alive at two collections, as the rows of a few waiting requests are, V8 makes all that come
  // after them old from the start. One burst decides it for the life of the process.
  setFlagsFromString("--no-allocation-site-pretenuring");
  // The old objects are collected when they have grown by so much; V8 itself lets them grow to several times as many.
  setFlagsFromString("--heap-growing-percent=80");
  // That is reckoned from the last collection of them: without this one, the first would come at 60 MB.
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

/**
 * Objects that live as long as the process, for their shapes' sake. In an array: a variable that nobody reads is removed by
 * the bundle's minifier, with what it holds.
 */
const kept: object[] = [];

/**
 * V8 forgets the shape of objects of which none is alive at a full collection. The queued calls of `process.nextTick` are
 * such while nobody asks, and once their shape was forgotten each call is put together the slow way, for half a microsecond,
 * four times a request. One that stays keeps it.
 */
export function keepShapeOfQueuedCalls(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(() => {
      kept.push(executionAsyncResource());
      resolve();
    });
  });
}

/** V8 lets each half grow to 32 MB. With about half of it fifty tasks take up to a fifth more of CPU (docs/performance.md). */
const HALF_MB = 16;

/**
 * Lets each half of the young objects grow to 16 MB. V8 has a flag for that, but on the command line only. A process that
 * runs can tell it by which factor a half grows, when as much has lived on in it. It is told after each collection: one that
 * comes when there is nothing to do makes the halves small again.
 */
export function holdYoungObjects(): void {
  hold();
  new PerformanceObserver(hold).observe({ entryTypes: ["gc"] });
}

function hold(): void {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  if (!young) return;
  const mb = (young.space_used_size + young.space_available_size) / 2 ** 20;
  setFlagsFromString(`--semi-space-growth-factor=${Math.max(1, Math.floor(HALF_MB / mb))}`);
}
