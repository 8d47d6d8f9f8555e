import type { Product } from "@whitelabel/shared-config";
import { Command } from "commander";
import { chooseProducts, withProducts } from "../cli/choose-products.ts";
import { printJson, printTable } from "../cli/print.ts";
import { printError } from "../cli/run-command.ts";
import { loadEnvFile, migrationsFolder } from "../dev/workspace.ts";
import { type MigrationReport, migrate } from "./migrate.ts";
import { migrationUrlOf } from "./migration-url.ts";

type Options = { all?: boolean; json?: boolean };

type Outcome = { product: string; report?: MigrationReport; error?: unknown };

/** `pnpm migrate <product>` or `--all`: one product that fails does not stop the others. */
export function migrateCommand(): Command {
  return withProducts(new Command("migrate"))
    .description("Applies what the database of a product lacks of its migrations, then the runtime role's grants.")
    .option("--json", "for programs: one JSON document")
    .action(async (id: string | undefined, options: Options) => {
      loadEnvFile();
      const products = chooseProducts(id, options);
      const outcomes = await Promise.all(products.map((product) => outcomeOf(product, products.length === 1, options)));
      if (options.json) printJson(outcomes.map(toJson));
      else printOutcomes(outcomes);
      if (outcomes.some(({ error }) => error)) process.exitCode = 1;
    });
}

async function outcomeOf(product: Product, isOnly: boolean, { json }: Options): Promise<Outcome> {
  const log = (line: string) => json || process.stderr.write(`${product.id}: ${line}\n`);
  try {
    const migrationUrl = migrationUrlOf(product, { isOnly });
    const folder = migrationsFolder(product);
    return { product: product.id, report: await migrate({ product, migrationUrl, folder, log }) };
  } catch (error) {
    return { product: product.id, error };
  }
}

function printOutcomes(outcomes: readonly Outcome[]): void {
  printTable(
    ["product", "database", "applied", "before", "schema"],
    outcomes.map(({ product, report }) =>
      report
        ? [product, report.database, report.applied.length, report.already, report.schema_version ?? "none"]
        : [product, "failed, see below", "", "", ""],
    ),
  );
  for (const { error } of outcomes) if (error) printError(error);
}

const toJson = ({ product, report, error }: Outcome) => report ?? { product, error: (error as Error).message };
