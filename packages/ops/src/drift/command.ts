import { styleText } from "node:util";
import { Command } from "commander";
import { withProducts } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { printError } from "../cli/run-command.ts";
import { createProgress } from "../dev/progress.ts";
import { loadEnvFile } from "../dev/workspace.ts";
import { chooseTargets, type TargetOptions } from "../migrate/targets.ts";
import { sentenceOf } from "./compare-catalogs.ts";
import { type DriftReport, findDrift, type PairReport } from "./drift.ts";
import { residue } from "./read-catalog.ts";

type Options = TargetOptions & { comments?: boolean; json?: boolean };

/** `pnpm db:drift <product>` or `--all`: what somebody changed past the migrations. */
export function dbDriftCommand(): Command {
  return withProducts(new Command("db:drift"))
    .description("Compares live databases with what their migrations lead to, and the products with each other.")
    .option("--targets <file>", "many databases: a JSON file (- for stdin), as for `pnpm migrate`")
    .option("--comments", "compare comments too")
    .option("--json", "for programs: one JSON document on stdout")
    .addHelpText("after", help)
    .action(async (id: string | undefined, options: Options) => {
      loadEnvFile();
      const targets = chooseTargets(id, options);
      const { reports, pairs } = await createProgress().step(
        `Reading ${targets.map(({ name }) => name).join(", ")}`,
        () => findDrift(targets, { without: options.comments ? [] : ["comment"] }),
      );
      if (options.json) printJson({ databases: reports.map(toJson), between: pairs });
      else print(reports, pairs);
      const isWrong = [...reports, ...pairs].some((one) => one.differences.length > 0 || ("error" in one && one.error));
      if (isWrong) process.exitCode = 1;
    });
}

const help = `
Compared by name: tables, columns, types, defaults, nullability, constraints, indexes, extensions, triggers, functions,
views, sequences, owners and grants. Reads only; the migrations are applied on a PostgreSQL of our own that is thrown
away. A migration that is not applied yet is no drift. With several products each is compared with the first as well;
what comes from a \`product-only\` migration is no difference.

Exit code 0: all is as the migrations say. 1: it is not, or a database could not be read.`;

function print(reports: readonly DriftReport[], pairs: readonly PairReport[]): void {
  const state = (count: number) => (count === 0 ? styleText("green", "✓ none") : styleText("red", `✗ ${count} differ`));
  printTable(
    ["product", "database", "server", "drift", "pending"],
    reports.map(({ target, database, server_version, differences, pending, error }) => [
      target,
      database ?? "",
      server_version ?? "",
      error ? styleText("red", "✗ failed") : state(differences.length),
      pending.length,
    ]),
  );
  const left = reports.filter(({ has_alembic_table }) => has_alembic_table).map(({ target }) => target);
  if (left.length > 0) {
    process.stdout.write(
      `${residue} in ${left.join(", ")} is left over from Alembic and was not compared; drop it when Alembic is gone for good.\n`,
    );
  }
  for (const { target, differences, error } of reports) {
    if (error) printError(error);
    if (differences.length > 0) {
      process.stdout.write(`\n${target} against its migrations:\n${lines(differences)}`);
      printError(
        new OpsError(
          `${target} was changed past its migrations.`,
          differences.every(isProvisions)
            ? "A database's own rights and its extensions are `pnpm provision`'s; with --dry-run it prints their SQL."
            : "Undo it there, or write it as a migration: then `pnpm migrate` brings every product to it.",
        ),
      );
    }
  }
  for (const { between, differences, pending } of pairs) {
    if (differences.length === 0) continue;
    process.stdout.write(`\n${between[1]} against ${between[0]}:\n${lines(differences)}`);
    const next = "A difference that is meant is a `product-only` migration; any other is drift of one of the two.";
    printError(
      new OpsError(
        `${between.join(" and ")} differ.`,
        pending.length > 0
          ? `Not applied yet: ${pending.join(", ")}. Run \`pnpm migrate --all\`, then look again.`
          : next,
      ),
    );
  }
}

const isProvisions = ({ kind, name }: DriftReport["differences"][number]) =>
  kind === "extension" || (kind === "grant" && name.startsWith("the database to "));

const lines = (differences: DriftReport["differences"]) => differences.map((one) => `  ${sentenceOf(one)}\n`).join("");

const toJson = ({ error, ...report }: DriftReport) =>
  error ? { ...report, error: (error as Error).message, next: (error as OpsError).next } : report;
