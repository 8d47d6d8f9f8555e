import { styleText } from "node:util";
import Table from "cli-table3";

type Cell = string | number;

/** A table for people, on stdout. Colours only where the terminal takes them (NO_COLOR, pipes). */
export function printTable(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  process.stdout.write(`${formatTable(head, rows)}\n`);
}

export function formatTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const bold = head.map((text) => styleText("bold", text));
  // The library's own colours know nothing of NO_COLOR.
  const table = new Table({ head: bold, style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

/** For programs: one JSON document on stdout and nothing else. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
