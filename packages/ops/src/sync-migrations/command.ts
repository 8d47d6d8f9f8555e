import { styleText } from "node:util";
import { type Product, products } from "@whitelabel/shared-config";
import { Command } from "commander";
import { chooseProduct } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { printError } from "../cli/run-command.ts";
import { migrationsFolder } from "../dev/workspace.ts";
import type { SyncPlan } from "./plan-sync.ts";
import { type SyncReport, syncMigrations } from "./sync-migrations.ts";

type Options = { from: string; to: string[]; dryRun?: boolean; check?: boolean; json?: boolean };

/** `pnpm sync-migrations`: what is in the source product's folder, in every other one. */
export function syncMigrationsCommand(): Command {
  return new Command("sync-migrations")
    .description("Brings every migration that the other products lack, in order, byte for byte.")
    .option("--from <product>", "whose migrations", products[0]?.id)
    .option("--to <product...>", "to whom (everybody else, if nothing is said)", [])
    .option("--dry-run", "show what would be brought, and touch nothing")
    .option("--check", "only judge: exit code 1 if anything is missing or odd")
    .option("--json", "for programs: one JSON document on stdout")
    .addHelpText("after", help)
    .action(({ from, to, dryRun = false, check = false, json = false }: Options) => {
      const source = chooseProduct(from);
      const reports = syncMigrations({
        source: sideOf(source),
        targets: targetsOf(source, to).map(sideOf),
        isDry: dryRun || check,
      });
      if (json) printJson(reports.map(toJson));
      else printReports(reports);
      const isWrong = reports.some(
        ({ state }) => state === "refused" || state === "foreign" || (check && state === "behind"),
      );
      if (isWrong) process.exitCode = 1;
    });
}

const help = `
The SQL is copied byte for byte; the meta is computed for the target, which may have migrations of its own
(\`-- product-only <product>: <reason>\`): they stay. A copy that was edited is refused, and then nothing is brought to
that product. A run that is killed leaves a folder as before or complete; the next run clears up.

Exit code 0: the products are in sync (with --dry-run: could be brought there). 1: they are not; each line says what
to do.`;

const sideOf = (product: Product) => ({ product: product.id, folder: migrationsFolder(product) });

function targetsOf(source: Product, to: readonly string[]): readonly Product[] {
  if (to.includes(source.id)) throw new OpsError(`${source.id} is the source; it cannot be the target too.`);
  if (to.length > 0) return [...new Set(to)].map(chooseProduct);
  return products.filter((product) => product !== source);
}

const words = {
  current: "✓ in sync",
  synced: "✓ synced",
  behind: "… behind",
  foreign: "✗ has more",
  refused: "✗ refused",
};
const colours = { current: "dim", synced: "green", behind: "yellow", foreign: "red", refused: "red" } as const;

function printReports(reports: readonly SyncReport[]): void {
  printTable(
    ["from", "to", "state", "brought", "sha256", "stays its own"],
    reports.map(({ from, to, state, copied, meta, product_only }) => [
      from,
      to,
      styleText(colours[state], words[state]),
      copied.map(({ name }) => name).join("\n") || (meta.length > 0 ? `${meta.length} of meta` : "nothing"),
      copied.map(({ sha256 }) => sha256.slice(0, 12)).join("\n"),
      product_only.join("\n"),
    ]),
  );
  for (const { state, problems } of reports) {
    for (const { message, next } of problems) printError(new OpsError(message, next));
    if (state === "behind") process.stdout.write("Nothing was written. `pnpm sync-migrations` brings them.\n");
  }
}

function toJson({ files, ...report }: SyncPlan) {
  return { ...report, files: [...files.keys()] };
}
