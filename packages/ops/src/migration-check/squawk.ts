import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";
import { shown } from "../dev/workspace.ts";
import type { Migration } from "../migrate/read-folder.ts";
import type { Finding } from "./finding.ts";

/** The rules of squawk that do not fit, each with its reason. */
const leftOut: Readonly<Record<string, string>> = {
  "require-lock-timeout": "the runner sets it for every migration",
  "require-statement-timeout": "the runner sets it for every migration",
  "prefer-robust-stmts": "a migration and its ledger row are one transaction; outside of one the runner demands it",
  "prefer-bigint-over-int": "keys are uuid or identities of staff; versions and positions stay small",
};

/** The oldest PostgreSQL that serves. */
const PG_VERSION = "17";

type Reported = { file: string; line: number; rule_name: string; message: string; help: string | null };

/** Lints the ups for what blocks or breaks a live database. The reverses drop by their nature and are not linted. */
export async function lint(product: string, migrations: readonly Migration[]): Promise<Finding[]> {
  const inTransaction = migrations.filter(({ header }) => !header.noTransaction);
  const outside = migrations.filter(({ header }) => header.noTransaction);
  const reported = await Promise.all([run(inTransaction, ["--assume-in-transaction"]), run(outside, [])]);
  return reported.flat().map(({ file, line, rule_name, message, help }) => ({
    product,
    file: shown(file),
    line: line + 1,
    rule: rule_name,
    message: [message, help].filter(Boolean).join(" "),
    next: nextFor(rule_name),
  }));
}

function nextFor(rule: string): string {
  const otherwise = `If it is safe here, say why in the header: \`-- allow ${rule}: <reason>\`.`;
  return `docs/migrations.md shows the safe way. ${otherwise}`;
}

function run(migrations: readonly Migration[], options: readonly string[]): Promise<Reported[]> {
  if (migrations.length === 0) return Promise.resolve([]);
  const require = createRequire(import.meta.url);
  const squawk = path.join(path.dirname(require.resolve("squawk-cli/package.json")), "js/bin/squawk");
  const args = [
    squawk,
    ...["--reporter", "json", "--pg-version", PG_VERSION, ...options],
    ...Object.keys(leftOut).flatMap((rule) => ["--exclude", rule]),
    ...migrations.map(({ file }) => file),
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Reported[]);
      } catch (cause) {
        const said = stderr.trim() || error?.message || "no output";
        reject(new OpsError(`squawk did not answer: ${said}`, "`pnpm install` brings its binary.", { cause }));
      }
    });
  });
}
