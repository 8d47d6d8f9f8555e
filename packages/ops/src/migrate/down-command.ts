import { databaseNameFor, type Product } from "@whitelabel/shared-config";
import { Command, InvalidArgumentError } from "commander";
import { askNo, canAsk } from "../cli/ask.ts";
import { chooseProduct, productIds } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { loadEnvFile, migrationsFolder } from "../dev/workspace.ts";
import { type Extent, migrateDown } from "./down.ts";
import { migrationUrlOf } from "./migration-url.ts";

type Options = { steps?: number; to?: string; base?: boolean; yes?: boolean; backup?: string; json?: boolean };

/** `pnpm migrate:down <product>`: what was applied last, reversed. */
export function migrateDownCommand(): Command {
  return new Command("migrate:down")
    .description("Reverses the migrations that a product's database got last, by their .down.sql files.")
    .argument("<product>", `whose database: ${productIds}`)
    .option("--steps <n>", "how many (1, if nothing else is said)", atLeastOne)
    .option("--to <name>", "all that are newer than this one, which stays")
    .option("--base", "all of them")
    .option("--yes", "do not ask")
    .option(
      "--backup <name>",
      "outside development: your word for the backup that was restored elsewhere and looked at",
    )
    .option("--json", "for programs: one JSON document on stdout")
    .addHelpText("after", help)
    .action(async (id: string, options: Options) => {
      loadEnvFile();
      const product = chooseProduct(id);
      const report = await migrateDown({
        product,
        folder: migrationsFolder(product),
        migrationUrl: migrationUrlOf(product, { isOnly: true }),
        extent: extentOf(options),
        agree: (database, names) => agree(product, database, names, options),
        log: (line) => process.stderr.write(`${product.id}: ${line}\n`),
      });
      if (report.was_declined) process.exitCode = 1;
      if (options.json) return printJson(report);
      if (report.was_declined) process.stdout.write("Nothing was changed.\n");
      else if (report.reversed.length === 0) process.stdout.write("There is nothing to reverse.\n");
      else {
        printTable(
          ["product", "database", "reversed", "time"],
          report.reversed.map(({ name, duration_ms }) => [product.id, report.database, name, `${duration_ms} ms`]),
        );
        process.stdout.write(`The schema is now at ${report.schema_version ?? "its beginning, without a table"}.\n`);
      }
    });
}

const help = `
What a reverse drops is gone with its rows. So it asks first, unless --yes is given; where there
is no terminal to ask, it refuses without --yes.
A database is in development if ENVIRONMENT is development or test (or unset) and its name says so too, such as
bestays_db_dev or bestays_db_test_1. Every other one is only touched with --yes and with --backup <name>: your word that
a backup of that name, made by pg_dump, was restored into another database and looked at. This command makes no backup
and does not check one; it repeats the name, and writes it down nowhere.
A migration that says \`-- irreversible: <reason>\` is refused, and with it the whole run.

Exit code 0: reversed, or nothing to reverse. 1: refused, declined or failed; each migration is either reversed whole
or not at all.`;

function extentOf({ steps, to, base }: Options): Extent {
  if ([steps, to, base].filter((given) => given !== undefined).length > 1) {
    throw new OpsError("Only one of --steps, --to and --base.", "--help explains.");
  }
  if (base) return { base };
  return to === undefined ? { steps: steps ?? 1 } : { to };
}

async function agree(product: Product, database: string, names: readonly string[], options: Options): Promise<boolean> {
  if (!isDevelopment(product, database) && (!options.yes || !options.backup)) {
    throw new OpsError(
      `${database} is not a development database, and this would reverse ${names.join(", ")}. Nothing was changed.`,
      "Make a backup (pg_dump), restore it into another database and look at it; then give --yes and --backup <its name>. " +
        "A new migration that leads on is nearly always the better way.",
    );
  }
  if (options.backup) {
    process.stderr.write(
      `${product.id}: you say that the backup ${options.backup} was restored elsewhere and looked at; nobody here has checked it.\n`,
    );
  }
  if (options.yes) return true;
  if (!canAsk()) {
    throw new OpsError(
      `This would reverse ${names.join(", ")} in ${database}, and there is no terminal to ask. Nothing was changed.`,
      "If that is what you want, give --yes.",
    );
  }
  const list = names.map((name) => `  ${name}`).join("\n");
  return askNo(
    `This reverses in ${database}, newest first:\n${list}\nTheir tables and columns go with all that is in them. Go on?`,
  );
}

/** Both must say so: an ENVIRONMENT that nobody set says nothing about whose URL is in the shell. */
export function isDevelopment(product: Product, database: string, environment = process.env.ENVIRONMENT): boolean {
  const names = (["development", "test"] as const).map((name) => databaseNameFor(product, name));
  return (
    ["development", "test", "", undefined].includes(environment) &&
    names.some((name) => database === name || database.startsWith(`${name}_`))
  );
}

function atLeastOne(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError("a number from 1 on.");
  return n;
}
