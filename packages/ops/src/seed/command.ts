import { Command } from "commander";
import { chooseProducts, withProducts } from "../cli/choose-products.ts";
import { printJson, printTable } from "../cli/print.ts";
import { environmentOf } from "../dev/environment.ts";
import { loadEnvFile } from "../dev/workspace.ts";
import { migrationUrlOf } from "../migrate/migration-url.ts";
import { refuseSeeds, type SeedReport, seed } from "./seed.ts";

/** `pnpm seed <product>` or `--all`. */
export function seedCommand(): Command {
  return withProducts(new Command("seed"))
    .description("Adds the users, dictionaries and listings for development that a product's database lacks.")
    .option("--json", "for programs: one JSON document")
    .addHelpText("after", help)
    .action(async (id: string | undefined, options: { all?: boolean; json?: boolean }) => {
      loadEnvFile();
      const products = chooseProducts(id, options);
      // All before the first: one product's refusal leaves the others unseeded too.
      for (const product of products) refuseSeeds(environmentOf(product));
      const reports: SeedReport[] = [];
      for (const product of products) {
        const migrationUrl = migrationUrlOf(product, { isOnly: products.length === 1 });
        reports.push(await seed({ product, migrationUrl, environment: environmentOf(product) }));
      }
      if (options.json) printJson(reports);
      else printReports(reports);
    });
}

const help = `
Seeds are refused where ENVIRONMENT or <PRODUCT>_ENVIRONMENT is production or staging; and in a database with the
product's production name (bestays_db) unless one of the two says development or test.`;

function printReports(reports: readonly SeedReport[]): void {
  const kinds = ["users", "staff_assignments", "amenities", "policies", "listings"] as const;
  printTable(
    ["product", "database", ...kinds],
    reports.map(({ product, database, added }) => [product, database, ...kinds.map((kind) => added[kind])]),
  );
}
