import { styleText } from "node:util";
import { Command } from "commander";
import { withProducts } from "../cli/choose-products.ts";
import { printJson, printTable } from "../cli/print.ts";
import { printError } from "../cli/run-command.ts";
import { loadEnvFile } from "../dev/workspace.ts";
import { type MigrationState, type MigrationStatus, type ProductStatus, readStatus } from "./status.ts";
import { chooseTargets, type TargetOptions } from "./targets.ts";

/** `pnpm migrate:status`: migrations × products. */
export function migrateStatusCommand(): Command {
  return withProducts(new Command("migrate:status"))
    .description("Shows which product's database has which migration: when, how long it took, by what version.")
    .option("--targets <file>", "many databases: a JSON file as for `pnpm migrate`")
    .option("--json", "for programs: one JSON document on stdout")
    .addHelpText("after", help)
    .action(async (id: string | undefined, options: TargetOptions & { json?: boolean }) => {
      loadEnvFile();
      const isNamed = id !== undefined || options.targets !== undefined;
      const statuses = await readStatus(chooseTargets(id, isNamed ? options : { ...options, all: true }));
      if (options.json) printJson(statuses.map(toJson));
      else printStatuses(statuses);
      if (statuses.some(isWrong)) process.exitCode = 1;
    });
}

const help = `
Without a product it shows all. "not in its folder" stands where another product has the migration and this one does
not: \`pnpm sync-migrations\` brings it, unless it is product-only.

Exit code 0: what is applied is what the folder holds, whatever is pending. 1: something is edited, missing or
foreign, or a database cannot be asked.`;

const wrong = new Set<MigrationState>(["edited", "missing", "foreign"]);
const isWrong = ({ migrations, error }: ProductStatus) =>
  Boolean(error) || migrations.some(({ state }) => wrong.has(state));

const toJson = ({ error, ...status }: ProductStatus) =>
  error ? { ...status, error: (error as Error).message } : status;

function printStatuses(statuses: readonly ProductStatus[]): void {
  const names = [...new Set(statuses.flatMap(({ migrations }) => migrations.map(({ name }) => name)))].sort();
  printTable(
    ["migration", ...statuses.map(({ target, database }) => (database ? `${target}\n${database}` : target))],
    names.map((name) => [name, ...statuses.map((status) => cell(name, status, statuses))]),
  );
  for (const { target, migrations, error } of statuses) {
    const count = (state: MigrationState) => migrations.filter((migration) => migration.state === state).length;
    const counts = states.flatMap((state) => (count(state) > 0 ? [`${count(state)} ${state}`] : []));
    process.stdout.write(
      `${target}: ${error ? "cannot be asked" : counts.join(", ") || "no migrations"}${nextOf(migrations)}\n`,
    );
    if (error) printError(error);
  }
}

const states: MigrationState[] = ["applied", "pending", "unfinished", "edited", "missing", "foreign"];

function nextOf(migrations: readonly MigrationStatus[]): string {
  const has = (...wanted: MigrationState[]) => migrations.some(({ state }) => wanted.includes(state));
  if (has("edited", "missing")) return " → put the files back as they were applied; a change is a new migration";
  if (has("foreign")) return " → remove the other product's file";
  return has("pending", "unfinished") ? " → pnpm migrate" : "";
}

function cell(name: string, { migrations, error }: ProductStatus, all: readonly ProductStatus[]): string {
  if (error) return styleText("red", "?");
  const status = migrations.find((migration) => migration.name === name);
  if (!status) {
    const isOnlyElsewhere = all.some((other) => other.migrations.some((one) => one.name === name && one.product_only));
    return isOnlyElsewhere ? styleText("dim", "—") : styleText("yellow", "not in its folder");
  }
  return `${looks[status.state](status)}${remarks(status)}`;
}

const when = (at: string | null) => at?.slice(0, 16).replace("T", " ") ?? "";
const looks: Record<MigrationState, (status: MigrationStatus) => string> = {
  applied: ({ applied_at, duration_ms, version }) =>
    `${styleText("green", "✓ applied")} ${when(applied_at)} ${styleText("dim", `${duration_ms} ms`)}\n${styleText("dim", `by ${version}`)}`,
  pending: () => styleText("yellow", "○ pending"),
  unfinished: ({ version }) => `${styleText("yellow", "◐ unfinished")} ${styleText("dim", `by ${version}`)}`,
  edited: ({ applied_at }) => `${styleText("red", "✗ edited")} after ${when(applied_at)}`,
  missing: ({ applied_at }) => `${styleText("red", "✗ missing")} ${applied_at ? `applied ${when(applied_at)}` : ""}`,
  foreign: () => styleText("red", "✗ foreign"),
};

const remarks = ({ product_only, breaking }: MigrationStatus) =>
  [
    product_only && `\n${styleText("cyan", "product-only")}: ${short(product_only)}`,
    breaking && `\n${styleText("magenta", "breaking")}: ${short(breaking)}`,
  ]
    .filter(Boolean)
    .join("");

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
