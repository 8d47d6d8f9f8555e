import type { Logger } from "pino";
import { errorDetails } from "../http/error-details.ts";

/**
 * What a library prints goes into the log: the kind of its error and where, and no text, for that may quote what a
 * caller sent. A line of plain text between lines of JSON would be lost to whoever reads them.
 */
export function consoleToLog(log: Logger): void {
  const print = (...printed: unknown[]) => {
    const error = printed.find((value) => value instanceof Error);
    const message = "a library printed something";
    if (error) log.warn({ error: errorDetails(error) }, message);
    else log.debug({ frames: errorDetails(new Error()).frames }, message);
  };
  for (const method of ["debug", "log", "info", "warn", "error", "trace"] as const) console[method] = print;
}
