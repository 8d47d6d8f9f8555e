import { Command } from "commander";
import { chooseProducts, withProducts } from "../cli/choose-products.ts";
import { printJson, printTable } from "../cli/print.ts";
import { coreUrlOf } from "../core/core-url.ts";
import { loadEnvFile } from "../dev/workspace.ts";
import { migrationUrlOf } from "../migrate/migration-url.ts";
import { type PiiScan, scanForPii } from "./scan.ts";

/** `pnpm pii:scan <product>` or `--all`: exit code 1 if a stored text holds a guest's data. */
export const piiScanCommand = (): Command =>
  withProducts(new Command("pii:scan"))
    .description("Compares every stored free text with core again, for names change, and says where a guest's data is.")
    .option("--json", "for programs: one JSON document")
    .addHelpText("after", help)
    .action(async (id: string | undefined, options: { all?: boolean; json?: boolean }) => {
      loadEnvFile();
      const products = chooseProducts(id, options);
      const scans: PiiScan[] = [];
      for (const product of products) {
        const databaseUrl = migrationUrlOf(product, { isOnly: products.length === 1 });
        scans.push(await scanForPii({ product, databaseUrl, coreUrl: coreUrlOf(product) }));
      }
      if (options.json) printJson(scans);
      else for (const scan of scans) printScan(scan);
      if (scans.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
    });

const help = `
Prints table, column and id, never the text. Exit code 1 if there is anything to clean up; nothing is written.`;

function printScan({ product, columns, texts, unknown_bookings, findings }: PiiScan): void {
  if (findings.length > 0)
    printTable(
      ["table", "column", "id"],
      findings.map(({ table, column, id }) => [table, column, id]),
    );
  const unknown = unknown_bookings > 0 ? `; core does not know ${unknown_bookings} bookings` : "";
  console.log(
    `${product}: ${texts} texts in ${columns.length} columns, ${findings.length} with a guest's data${unknown}`,
  );
}
