import { existsSync, readFileSync } from "node:fs";
import { inject } from "vitest";

/**
 * What PostgreSQL's log says of statements of a database that could not even be read: a syntax error, an unknown name,
 * a text where a number was meant. Each would be a place where a caller's text became part of a statement, or a gap in
 * the checks before it.
 */
export function statementErrors(database: string): string[] {
  const log = inject("postgresLog");
  if (!existsSync(log)) return [];
  // 42: syntax error or access rule violation; 22P02: no number; 22021, 22P05: no text.
  const isMeant = new RegExp(`^${database} (42\\w{3}|22P02|22P05|22021|22003|XX000) `);
  return readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => isMeant.test(line));
}
