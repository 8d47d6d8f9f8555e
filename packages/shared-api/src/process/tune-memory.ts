import { setFlagsFromString } from "node:v8";
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
