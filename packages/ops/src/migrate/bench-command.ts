import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { styleText } from "node:util";
import { type Product, products } from "@whitelabel/shared-config";
import { Command } from "commander";
import postgres, { type Sql } from "postgres";
import { printJson, printTable } from "../cli/print.ts";
import { createProgress } from "../dev/progress.ts";
import { migrationsFolder, workspaceRoot } from "../dev/workspace.ts";
import { startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { provisionProduct } from "../provision/provision-product.ts";
import { readFolder } from "./read-folder.ts";

/** As a server in production: what is committed is on the disk before it is answered. */
const durable = { fsync: "on", synchronous_commit: "on", full_page_writes: "on", wal_level: "replica" };

type Target = { product: string; name: string; url: string };
type Measured = { run: string; migrated: number; seconds: number; goal: number };

/** `pnpm bench:migrations`: the whole command, its start included, over many databases of a server of its own. */
export function benchMigrationsCommand(): Command {
  return new Command("bench:migrations")
    .description("Times `pnpm migrate` over many databases: all migrations, then nothing to do.")
    .option("--databases <n>", "how many", (text) => Math.max(1, Number.parseInt(text, 10)), 50)
    .option("--json", "for programs: one JSON document on stdout")
    .action(async ({ databases, json }: { databases: number; json?: boolean }) => {
      const progress = createProgress();
      const server = await startThrowawayPostgres({ settings: durable });
      try {
        const make = () => makeDatabases(server, databases);
        const { targets, version } = await progress.step(`Making ${databases} databases`, make);
        const time = (run: string, goal: number) => progress.step(run, () => measure(run, goal, targets));
        const measured = [
          await time("all migrations", 20),
          await time("nothing to do", 2),
          await time("nothing to do, again", 2),
        ];
        if (json) printJson({ databases, migrations: migrationsOf(), server: { version, ...durable }, runs: measured });
        else print(databases, version, measured);
      } finally {
        await server.stop();
      }
    });
}

const migrationsOf = () => Object.fromEntries(products.map((product) => [product.id, folderSize(product)]));
const folderSize = (product: Product) => readFolder(migrationsFolder(product)).length;

function print(databases: number, version: string, measured: readonly Measured[]): void {
  printTable(
    ["run", "databases", "migrated", "time", "goal"],
    measured.map(({ run, migrated, seconds, goal }) => [
      run,
      databases,
      migrated,
      `${seconds.toFixed(2)} s`,
      styleText(seconds <= goal ? "green" : "red", `${seconds <= goal ? "✓" : "✗"} ≤ ${goal} s`),
    ]),
  );
  const settings = Object.entries(durable).map(([name, value]) => `${name}=${value}`);
  const each = Object.entries(migrationsOf()).map(([id, count]) => `${id} ${count}`);
  process.stdout.write(
    `PostgreSQL ${version} (${settings.join(", ")}) on ${os.availableParallelism()} cores; ` +
      `migrations: ${each.join(", ")}; each time is the whole command's.\n`,
  );
}

/** Databases of all products in turn, as provision makes them. */
async function makeDatabases(server: { superuserUrl: string }, count: number) {
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => {} });
  try {
    const templates = new Map<string, { url: string; name: string }>();
    for (const product of products) templates.set(product.id, await makeTemplate(server.superuserUrl, product));
    const targets: Target[] = [];
    for (let index = 0; index < count; index++) {
      const product = products[index % products.length] as Product;
      targets.push(await copyTemplate(sql, product, templates.get(product.id), index));
    }
    // So that writing down what was just made is not counted.
    await sql`checkpoint`;
    const [row] = await sql`show server_version`;
    return { targets, version: String(row?.server_version) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function makeTemplate(superuserUrl: string, product: Product) {
  const name = `${product.databaseName}_bench`;
  const password = () => randomBytes(18).toString("base64url");
  const passwords = { runtime: password(), migrator: password() };
  const made = await provisionProduct({ superuserUrl, product, environment: "test", databaseName: name, passwords });
  return { name, url: made.migrationDatabaseUrl };
}

async function copyTemplate(
  sql: Sql,
  product: Product,
  template: { url: string; name: string } | undefined,
  n: number,
) {
  if (!template) throw new Error(`No template for ${product.id}`);
  const name = `${template.name}_${n + 1}`;
  await sql`create database ${sql(name)} template ${sql(template.name)} owner ${sql(product.migratorRole)}`;
  const url = new URL(template.url);
  url.pathname = `/${name}`;
  return { product: product.id, name, url: url.href };
}

async function measure(run: string, goal: number, targets: readonly Target[]): Promise<Measured> {
  const started = performance.now();
  const script = path.join(workspaceRoot, "scripts/migrate.ts");
  const child = spawn(process.execPath, [script, "--targets", "-", "--json"], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(JSON.stringify(targets));
  const output: string[] = [];
  const complaints: string[] = [];
  child.stdout.on("data", (chunk) => output.push(String(chunk)));
  child.stderr.on("data", (chunk) => complaints.push(String(chunk)));
  const code = await new Promise((resolve) => child.once("close", resolve));
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`migrate ended with ${code}:\n${complaints.join("")}`);
  const outcomes = JSON.parse(output.join("")) as { state: string }[];
  return { run, goal, seconds, migrated: outcomes.filter(({ state }) => state === "migrated").length };
}
