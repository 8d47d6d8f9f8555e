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
  destination.on("drop", () => {
    dropped += 1;
  });
  const log = pino(
    {
      level: logLevel,
      base: { product: product.id },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return { log, dropped: () => dropped };
}
