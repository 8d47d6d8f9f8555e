import { styleText } from "node:util";
import { products } from "@whitelabel/shared-config";
import { Command } from "commander";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { printError } from "../cli/run-command.ts";
import { migrationsFolder } from "../dev/workspace.ts";
import type { FactRow } from "./facts.ts";
import { type PortStatus, type Reached, readPortStatus } from "./port-status.ts";

/** `pnpm port:status`: what was built for one product, and whether the others have it. */
export function portStatusCommand(): Command {
  return new Command("port:status")
    .description("Shows which migrations and feature switches reached which product, and why some did not.")
    .option("--json", "for programs: one JSON document on stdout")
    .addHelpText("after", help)
    .action(({ json }: { json?: boolean }) => {
      const sides = products.map((product) => ({ product, folder: migrationsFolder(product) }));
      const status = readPortStatus(sides);
      if (json) printJson(status);
      else print(status);
      if (status.migrations.some(({ next }) => next !== null)) process.exitCode = 1;
    });
}

const help = `
Read from the migrations folders and the products' definitions; no database is asked (\`pnpm migrate:status\` does).
A migration stays in its product by its header, \`-- product-only <product>: <reason>\`. A fact that differs has its
reason in the definition: \`reasons: { "features.parking": "…" }\`. Of the facts, every feature switch is shown, and of
the others those that differ.

Exit code 0: every migration is where it belongs. 1: a product lacks one, or has another copy of it; what to do is said.`;

function print({ products: ids, migrations, facts }: PortStatus): void {
  printTable(
    ["migration", ...ids, "why not everywhere"],
    migrations.map(({ name, products: states, product_only }) => [
      name,
      ...ids.map((id) => cell[states[id] ?? "missing"]),
      product_only?.reason ?? "",
    ]),
  );
  printTable(
    ["fact", ...ids, "why they differ"],
    facts.map((row) => [row.fact, ...ids.map((id) => shown(row.products[id])), whyOf(row)]),
  );
  for (const next of new Set(migrations.map((row) => row.next))) {
    if (next === null) continue;
    const names = migrations.filter((row) => row.next === next).map(({ name }) => name);
    const what = next.endsWith("--check") ? "not the same everywhere" : "missing in a product";
    printError(new OpsError(`${what}: ${names.join(", ")}.`, `\`${next}\` ${ending(next)}`));
  }
}

const ending = (next: string) =>
  next.endsWith("--check")
    ? "names what is odd and what to do."
    : "brings it; what is meant for one product alone says so: `-- product-only <product>: <reason>`.";

const cell: Record<Reached, string> = {
  yes: styleText("green", "✓"),
  missing: styleText("red", "✗ missing"),
  "not for it": styleText("dim", "—"),
  edited: styleText("red", "✗ another copy"),
  foreign: styleText("red", "✗ another product's"),
};

function shown(value: unknown): string {
  if (typeof value === "boolean") return value ? styleText("green", "on") : styleText("yellow", "off");
  if (Array.isArray(value)) return value.join(", ");
  // A fact of several parts, such as a preset: its reason says what it is for, `--json` shows it whole.
  if (typeof value === "object" && value !== null) return styleText("green", "✓");
  return String(value ?? "—");
}

function whyOf({ differs, reasons }: FactRow): string {
  const given = Object.entries(reasons).map(([product, reason]) => `${product}: ${reason}`);
  if (!differs) return "";
  return given.join("\n") || styleText("yellow", "no reason given");
}
