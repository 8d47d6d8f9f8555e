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
    together(destination),
  );
  return { log, dropped: () => dropped };
}

/** How long a line may wait for others. A write wakes a thread, which costs more than all else that a request logs. */
const TOGETHER_MS = 20;
/** Lines of so many characters go at once. */
const ENOUGH = 16_384;

/** Writes lines together. At exit, what is left goes first, before the destination empties itself. */
function together(destination: ReturnType<typeof pino.destination>): pino.DestinationStream & { flushSync(): void } {
  let lines = "";
  let timer: NodeJS.Timeout | undefined;
  function handOver(): void {
    clearTimeout(timer);
    timer = undefined;
    if (lines === "") return;
    const all = lines;
    lines = "";
    destination.write(all);
  }
  process.prependListener("exit", handOver);
  return {
    write(line) {
      lines += line;
      if (lines.length >= ENOUGH) handOver();
      else timer ??= setTimeout(handOver, TOGETHER_MS);
    },
    flushSync() {
      handOver();
      destination.flushSync();
    },
  };
}
