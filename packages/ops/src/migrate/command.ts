import { styleText } from "node:util";
import { Command, InvalidArgumentError } from "commander";
import { withProducts } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { printError } from "../cli/run-command.ts";
import { loadEnvFile } from "../dev/workspace.ts";
import { CONCURRENCY, fanOut, type Outcome } from "./fan-out.ts";
import { followFanOut } from "./follow.ts";
import { printPlans } from "./plan-command.ts";
import { chooseTargets, type TargetOptions } from "./targets.ts";

type Options = TargetOptions & { json?: boolean; to?: string; plan?: boolean; concurrency: number };

/** `pnpm migrate <product>` or `--all`: one database that fails does not stop the others. */
export function migrateCommand(): Command {
  return withProducts(new Command("migrate"))
    .description("Applies what the database of a product lacks of its migrations, then the runtime role's grants.")
    .option("--targets <file>", "many databases: a JSON file (- for stdin), see below")
    .option("--to <name>", "no further than this migration")
    .option("--plan", "print the SQL that would run, and touch nothing")
    .option("--concurrency <n>", "how many databases at a time", positive, CONCURRENCY)
    .option("--json", "for programs: one JSON document on stdout")
    .addHelpText("after", help)
    .action(async (id: string | undefined, options: Options) => {
      loadEnvFile();
      const targets = chooseTargets(id, options);
      if (options.plan) return printPlans(targets, options);
      const { concurrency, to } = options;
      const outcomes = await followFanOut(targets, (follow) => fanOut(targets, { concurrency, to, ...follow }));
      if (options.json) printJson(outcomes.map(toJson));
      else printOutcomes(outcomes);
      if (outcomes.some(({ state }) => state === "failed")) process.exitCode = 1;
    });
}

const help = `
Where the databases are: <PRODUCT>_MIGRATION_DATABASE_URL (or a file named by …_URL_FILE); for one product also
MIGRATION_DATABASE_URL; in development what \`pnpm dev\` made. A targets file is a list, one entry a database:
  [{ "product": "bestays", "name": "bestays in Asia", "url": "postgres://bestays_migrator:…@host/bestays_db" }]

Exit code 0: every database has its migrations. 1: some have not; the table says which and what to do. What was
applied stays applied, and the next run does the rest.`;

function positive(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError("a number from 1 on.");
  return n;
}

const colours = { migrated: "green", current: "dim", failed: "red" } as const;
const words = { migrated: "✓ migrated", current: "✓ up to date", failed: "✗ failed" };

function printOutcomes(outcomes: readonly Outcome[]): void {
  printTable(
    ["product", "database", "state", "applied", "before", "schema", "time", "what to do"],
    outcomes.map(({ target, state, applied, duration_ms, report, error }) => [
      target.name,
      report?.database ?? "",
      styleText(colours[state], words[state]),
      applied.length,
      report?.already ?? "",
      report?.schema_version ?? "",
      `${(duration_ms / 1000).toFixed(2)} s`,
      wrap(error instanceof OpsError ? (error.next ?? "see below") : error ? "see below" : ""),
    ]),
  );
  const failed = outcomes.filter(({ state }) => state === "failed");
  for (const { target, error } of failed) {
    process.stderr.write(`${styleText("bold", `${target.name}:`, { stream: process.stderr })} `);
    printError(error);
  }
  if (failed.length > 0 && outcomes.length > 1) {
    const names = failed.map(({ target }) => target.name).join(", ");
    process.stderr.write(`${outcomes.length - failed.length} of ${outcomes.length} are done; not done: ${names}.\n`);
  }
}

const toJson = ({ target, state, applied, duration_ms, report, error }: Outcome) => ({
  target: target.name,
  product: target.product.id,
  state,
  duration_ms,
  ...(report ?? { applied, error: (error as Error).message, next: (error as OpsError).next }),
});

/** Short lines, so that a sentence does not widen the table beyond the terminal. */
const wrap = (text: string) => text.replace(/(.{20,38}?)\s+/g, "$1\n");
