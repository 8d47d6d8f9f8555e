import { type EnvironmentName, environments } from "@whitelabel/shared-config";
import { Command } from "commander";
import { chooseProducts, withProducts } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { loadEnvFile } from "../dev/workspace.ts";
import { migrationUrlOf } from "../migrate/migration-url.ts";
import { type SeedReport, seed } from "./seed.ts";

/** `pnpm seed <product>` or `--all`. */
export function seedCommand(): Command {
  return withProducts(new Command("seed"))
    .description("Adds the users, dictionaries and listings for development that a product's database lacks.")
    .option("--json", "for programs: one JSON document")
    .action(async (id: string | undefined, options: { all?: boolean; json?: boolean }) => {
      loadEnvFile();
      const products = chooseProducts(id, options);
      const environment = environmentNamed(process.env.ENVIRONMENT || "development");
      const reports: SeedReport[] = [];
      for (const product of products) {
        const migrationUrl = migrationUrlOf(product, { isOnly: products.length === 1 });
        reports.push(await seed({ product, migrationUrl, environment }));
      }
      if (options.json) printJson(reports);
      else printReports(reports);
    });
}

function environmentNamed(name: string): EnvironmentName {
  const environment = environments.find((known) => known === name);
  if (!environment) throw new OpsError(`ENVIRONMENT is none of ${environments.join(", ")}.`);
  return environment;
}

function printReports(reports: readonly SeedReport[]): void {
  const kinds = ["users", "staff_assignments", "amenities", "policies", "listings"] as const;
  printTable(
    ["product", "database", ...kinds],
    reports.map(({ product, database, added }) => [product, database, ...kinds.map((kind) => added[kind])]),
  );
}
