import pino, { type Logger } from "pino";

export type LogLines = Readonly<{
  log: Logger;
  /** Every line so far, as it would have been written. */
  text(): string;
  entries(): Record<string, unknown>[];
  clear(): void;
}>;

/** A logger that keeps its lines, at the level that says most. */
export function logLines(): LogLines {
  const lines: string[] = [];
  return {
    log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }),
    text: () => lines.join(""),
    entries: () => lines.map((line) => JSON.parse(line)),
    clear: () => void lines.splice(0),
  };
}
