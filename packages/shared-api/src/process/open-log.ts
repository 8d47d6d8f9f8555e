import type { Env, Product } from "@whitelabel/shared-config";
import pino, { type Logger } from "pino";

/** What waits for a reader of stdout that does not read. Beyond it lines are dropped: memory is for requests. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/**
 * JSON lines on stdout, each with the product. Written without blocking the process; what is left goes out at exit.
 * `dropped` answers how many lines were lost to a reader who did not read.
 */
export function openLog(product: Product, { logLevel }: Env): { log: Logger; dropped: () => number } {
  const destination = pino.destination({ dest: 1, sync: false, maxLength: MAX_WAITING_BYTES });
  let dropped = 0;
  destination.on("drop", (lines: string) => {
    dropped += lines.split("\n").length - 1;
  });
  const log = pino(
    {
      level: logLevel,
      base: { product: product.id },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    inTurns(destination),
  );
  return { log, dropped: () => dropped };
}

/**
 * Hands over the lines of one turn of the event loop together: a write for each of them costs a busy process more than
 * all else that it logs. At exit, what is left goes first, before the destination empties itself.
 */
function inTurns(destination: ReturnType<typeof pino.destination>): pino.DestinationStream & { flushSync(): void } {
  let lines = "";
  function handOver(): void {
    if (lines === "") return;
    const all = lines;
    lines = "";
    destination.write(all);
  }
  process.prependListener("exit", handOver);
  return {
    write(line) {
      if (lines === "") setImmediate(handOver);
      lines += line;
    },
    flushSync() {
      handOver();
      destination.flushSync();
    },
  };
}
