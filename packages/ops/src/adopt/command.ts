import { Command } from "commander";
import { askNo, canAsk } from "../cli/ask.ts";
import { chooseProduct } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { printError } from "../cli/run-command.ts";
import { loadEnvFile, migrationsFolder } from "../dev/workspace.ts";
import { sentenceOf } from "../drift/compare-catalogs.ts";
import { migrationUrlOf } from "../migrate/migration-url.ts";
import { type AdoptReport, adopt } from "./adopt.ts";

type Options = { dryRun?: boolean; yes?: boolean; json?: boolean };

/** `pnpm db:adopt <product>`: a database that was there before this system. */
export function dbAdoptCommand(): Command {
  return new Command("db:adopt")
    .description("Takes over an existing database: proves that its schema is what migrations lead to, and marks them.")
    .argument("<product>", "whose database")
    .option("--dry-run", "only say what would be marked, or what differs")
    .option("--yes", "do not ask")
    .option("--json", "for programs: one JSON document on stdout")
    .addHelpText("after", help)
    .action(async (id: string, options: Options) => {
      loadEnvFile();
      const product = chooseProduct(id);
      const report = await adopt({
        product,
        migrationUrl: migrationUrlOf(product, { isOnly: true }),
        folder: migrationsFolder(product),
        agree: (database, names) => agree(database, names, options),
      });
      if (options.json) printJson(report);
      else print(report, options);
      if (report.state === "differs" || (report.state === "matches" && !options.dryRun)) process.exitCode = 1;
    });
}

const help = `
The database is read as the migrator's role and compared by name, on tables, columns, types, defaults, constraints,
indexes, triggers, functions, extensions and owners, with the result of each migration in turn, tried out on a
PostgreSQL of our own. If it is the result of the first few or of all, those are marked as applied, and
\`pnpm migrate\` does the rest. If not, nothing is written: the differences are listed, and the SQL that would convert
them, for a person to read and run; what would lose data stands there as a comment. A database kept by Alembic is
recognised and treated in the same way; its own table alembic_version is only noted.

Exit code 0: adopted, or already kept, when nothing is written (with --dry-run: could be). 1: it differs, or nobody agreed.`;

async function agree(database: string, names: readonly string[], { dryRun, yes }: Options): Promise<boolean> {
  if (dryRun) return false;
  if (yes) return true;
  if (!canAsk()) {
    process.stderr.write("Nobody is there to ask: give --yes to adopt it.\n");
    return false;
  }
  return askNo(`This marks in ${database} as applied:\n${names.map((name) => `  ${name}`).join("\n")}\nGo on?`);
}

const words = { adopted: "✓ adopted", matches: "matches", already: "✓ already kept", differs: "✗ differs" };

function print(report: AdoptReport, { dryRun = false }: Options): void {
  const { product, database, state, closest, marked, pending, unseen, alembic, differences, conversion } = report;
  printTable(
    ["product", "database", "state", "schema", "marked", "still pending", "Alembic"],
    [[product, database, words[state], closest ?? "", marked.length, pending.length, alembic ?? "never"]],
  );
  if (unseen.length > 0) {
    process.stdout.write(`Their work leaves no trace in the schema; make sure that it is done: ${unseen.join(", ")}\n`);
  }
  if (state === "already")
    process.stdout.write(
      `${database} is already kept by this system. Nothing was written; \`pnpm migrate:status ${product}\` shows what it has.\n`,
    );
  if (alembic !== null && state !== "already")
    process.stdout.write(
      "alembic_version is Alembic's own: it is not compared and stays as it is. Drop it when Alembic is gone for good.\n",
    );
  if (state === "matches") process.stdout.write(`Nothing was written.${dryRun ? "" : " Run it with --yes."}\n`);
  if (state === "adopted" && pending.length > 0) process.stdout.write(`\`pnpm migrate ${product}\` does the rest.\n`);
  if (state !== "differs") return;
  process.stdout.write(`\n${differences.map((one) => `  ${sentenceOf(one)}\n`).join("")}\n`);
  process.stdout.write(
    `-- What would convert it. Read it, complete it, try it on a copy; this command never runs it.\n`,
  );
  process.stdout.write(`${conversion.join("\n")}\n\n`);
  printError(
    new OpsError(
      `${database} is not what the migrations lead to${closest ? `; it is closest to ${closest}` : ""}. Nothing was written.`,
      "Convert it with the SQL above, after a backup, then run this again.",
    ),
  );
}
