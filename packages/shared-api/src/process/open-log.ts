import type { Env, Product } from "@whitelabel/shared-config";
import pino, { type Logger } from "pino";

/** What waits for a reader of stdout that does not read. Beyond it lines are dropped: memory is for requests. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

export type Log = Readonly<{
  log: Logger;
  /** How many lines were lost to a reader who did not read. */
  dropped(): number;
  /** Resolves once all that was logged is read. That may be never: give it a time. */
  flushed(): Promise<void>;
}>;

/**
 * JSON lines on stdout, each with the product. Nothing waits for whoever reads them, the end of the process neither: a
 * write of Node's file system to a full pipe would hold a thread, which every exit waits for.
 */
export function openLog(product: Product, { logLevel }: Env): Log {
  let opened: typeof process.stdout | undefined; // by the first lines: Node takes 2 ms to open it
  const open = () => {
    opened ??= process.stdout.on("error", () => {}); // a reader who left; requests go on
    return opened;
  };
  let dropped = 0;
  const lines = together((text) => {
    const stdout = open();
    if (stdout.writableLength < MAX_WAITING_BYTES) stdout.write(text);
    else dropped += text.split("\n").length - 1;
  });
  const log = pino(
    {
      level: logLevel,
      base: { product: product.id },
      timestamp: openClock(),
      formatters: { level: (label) => ({ level: label }) },
    },
    lines,
  );
  return {
    log,
    dropped: () => dropped,
    flushed: () => {
      lines.flushSync();
      return new Promise((resolve) => open().write("", () => resolve()));
    },
  };
}

/** As pino's own, in RFC 3339; written once for all lines of a millisecond. */
function openClock(): () => string {
  let last = 0;
  let text = "";
  return () => {
    const now = Date.now();
    if (now !== last) {
      last = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}

/** How long a line may wait for others. A write costs more than all else that a request logs. */
const TOGETHER_MS = 20;
/** Lines of so many characters go at once. */
const ENOUGH = 16_384;

/** Hands lines on together; at exit, what is left. */
function together(handOn: (lines: string) => void): pino.DestinationStream & { flushSync(): void } {
  let lines = "";
  let timer: NodeJS.Timeout | undefined;
  function flushSync(): void {
    clearTimeout(timer);
    timer = undefined;
    if (lines === "") return;
    const all = lines;
    lines = "";
    handOn(all);
  }
  process.on("exit", flushSync);
  return {
    write(line) {
      lines += line;
      if (lines.length >= ENOUGH) flushSync();
      else timer ??= setTimeout(flushSync, TOGETHER_MS);
    },
    flushSync,
  };
}
