import { coreGrantsSql } from "@whitelabel/core-readonly";
import { findProduct, products } from "@whitelabel/shared-config";
import { Command } from "commander";
import { chooseProducts, withProducts } from "../cli/choose-products.ts";
import { printJson, printTable } from "../cli/print.ts";
import { loadEnvFile } from "../dev/workspace.ts";
import { type CoreReport, checkCore, isFine } from "./check-core.ts";
import { coreUrlOf } from "./core-url.ts";

/** `pnpm core:check`: exit code 1 if a product could not work with its core as it is. */
export const coreCheckCommand = (): Command =>
  withProducts(new Command("core:check"))
    .description("Compares a live core with the columns we read and the rights our role should have.")
    .option("--json", "for programs: one JSON document")
    .action(async (id: string | undefined, options: { all?: boolean; json?: boolean }) => {
      loadEnvFile();
      const reports: CoreReport[] = [];
      for (const product of chooseProducts(id, options)) reports.push(await checkCore(product, coreUrlOf(product)));
      if (options.json) printJson(reports);
      else for (const report of reports) printReport(report);
      if (!reports.every(isFine)) process.exitCode = 1;
    });

/** `pnpm core:grants`: what core's owner runs for our reader. */
export const coreGrantsCommand = (): Command =>
  new Command("core:grants")
    .description("Prints the SQL that gives a role the right to read our columns of core, and nothing else.")
    .argument("<role>", "a role's name, or a product for its own reader")
    .action((role: string) => {
      const name = findProduct(role)?.coreReaderRole ?? role;
      if (!name.endsWith("_core_reader") && !products.some(({ coreReaderRole }) => coreReaderRole === name)) {
        process.stderr.write(`warning: "${name}" is no product's reader; is it the role that is meant?\n`);
      }
      process.stdout.write(coreGrantsSql(name));
    });

function printReport(report: CoreReport): void {
  const { product, differences, problems, warnings } = report;
  const rows = [
    ...differences.map(({ table, column, problem, expected, actual }) => [
      problem,
      `${table}.${column}: ${actual ?? "not there"}, expected ${expected}`,
    ]),
    ...problems.map((problem) => ["refused", problem]),
    ...warnings.map((warning) => ["warning", warning]),
  ];
  if (rows.length === 0) rows.push(["ok", "every column is there and readable, and the role can do nothing else"]);
  printTable([product, "what"], rows);
}
