import { styleText } from "node:util";
import { products } from "@whitelabel/shared-config";
import { Command } from "commander";
import { printJson } from "../cli/print.ts";
import { createProgress } from "../dev/progress.ts";
import { migrationsFolder } from "../dev/workspace.ts";
import { expectFresh, scratchServer } from "../drift/expected-schema.ts";
import type { Finding } from "./finding.ts";

type Options = { server?: string; json?: boolean };

/** `pnpm migration:check`: the gate that a changed model or migration has to pass. */
export function migrationCheckCommand(): Command {
  return new Command("migration:check")
    .description(
      "Judges the migrations of every product: models, sync, SQL, rules, and up → down → up on a real server.",
    )
    .option("--server <url>", "run them on this server, as its superuser: a fresh one that is thrown away")
    .option("--json", "for programs: one JSON document on stdout")
    .addHelpText("after", help)
    .action(async ({ server, json }: Options) => {
      if (server !== undefined) await expectFresh(server);
      // drizzle-kit takes half a second to load, which no other command has to wait for.
      const { checkMigrations } = await import("./migration-check.ts");
      const folders = products.map((product) => ({ product, folder: migrationsFolder(product) }));
      const check = () =>
        checkMigrations({ folders, server: server === undefined ? undefined : scratchServer(server) });
      const findings = await createProgress().step(`Checking the migrations of ${products.length} products`, check);
      if (json) printJson({ products: products.map(({ id }) => id), findings });
      else print(findings);
      if (findings.length > 0) process.exitCode = 1;
    });
}

const help = `
What must hold: the models are what the migrations lead to; every product has them all, byte for byte; each has a
reverse that leads back to the schema before, or says \`-- irreversible: <reason>\`; no statement blocks or breaks a live
database (squawk); no column for a guest's data, no reference to core, every text column in the data dictionary.
An exception stands in the file's header with its reason: \`-- allow <rule>: <reason>\`.

Exit code 0: nothing found. 1: each finding names file, line and rule, and what to do.`;

function print(findings: readonly Finding[]): void {
  for (const { file, line, rule, message, next } of findings) {
    const where = styleText("bold", `${file}:${line}`);
    process.stdout.write(
      `${styleText("red", "✗")} ${where} ${styleText("yellow", rule)}\n  ${message}\n  → ${next}\n\n`,
    );
  }
  if (findings.length > 0) process.stdout.write(`${findings.length} found\n`);
}
