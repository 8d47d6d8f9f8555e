import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Product, products } from "@whitelabel/shared-config";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrationsFolder } from "../dev/workspace.ts";
import { type Server, startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { migrate as migrateNow } from "../migrate/migrate.ts";
import { provisionProduct } from "../provision/provision-product.ts";
import { copyWorkspace } from "./copy-workspace.ts";
import { type Block, readGuide } from "./read-guide.ts";

/** In each run, without the steps that tests of their commands have too: each is a process, and a check of all migrations. */
const isNightly = process.env.NIGHTLY === "1";

const blocks = readGuide("A new column, step by step");
const commands = blocks
  .filter(({ language }) => language === "sh")
  .flatMap(({ text }) => text.trim().split("\n"))
  .map((line) => line.replace(/^pnpm /, ""));

let server: Server;
let workspace: ReturnType<typeof copyWorkspace>;
let env: Record<string, string | undefined>;
beforeAll(async () => {
  server = await startThrowawayPostgres();
  workspace = copyWorkspace();
  // As after `pnpm dev`: both databases are there, and know what is committed.
  env = { PATH: process.env.PATH, NO_COLOR: "1", WHITELABEL_DATA: "/nonexistent" };
  // Two dozen commands, each of which would strip the same types.
  env.NODE_COMPILE_CACHE = path.join(workspace.root, ".compiled");
  for (const product of products) {
    const migrationUrl = await provision(product);
    await migrateNow({ product, migrationUrl, folder: migrationsFolder(product) });
    env[`${product.id.toUpperCase()}_MIGRATION_DATABASE_URL`] = migrationUrl;
  }
}, 60_000);
afterAll(async () => {
  workspace?.[Symbol.dispose]();
  await server?.stop();
});

async function provision(product: Product): Promise<string> {
  const [runtime = "", migrator = ""] = [1, 2].map(() => randomBytes(12).toString("hex"));
  const { superuserUrl } = server;
  const passwords = { runtime, migrator };
  const made = await provisionProduct({ superuserUrl, product, environment: "development", passwords });
  return made.migrationDatabaseUrl;
}

/** Runs a script of the copied workspace as pnpm would. */
function pnpm(line: string): Promise<{ code: number | null; output: string }> {
  const [name = "", ...args] = line.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? [];
  const { scripts } = JSON.parse(workspace.read("package.json"));
  const [, script = "", own = ""] = scripts[name]?.match(/^node (\S+)(.*)$/) ?? [];
  const child = spawn(process.execPath, [script, ...own.split(" ").filter(Boolean), ...args], {
    cwd: workspace.root,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (bytes) => {
    output += bytes;
  });
  child.stderr.on("data", (bytes) => {
    output += bytes;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

/** Does what a diff of the guide says: its lines with + come after the line before them. */
function apply({ file, text }: Block): void {
  const lines = text.trimEnd().split("\n");
  const before = workspace.read(file);
  const old = lines.filter((line) => !line.startsWith("+")).map((line) => line.slice(1));
  const after = lines.map((line) => line.slice(1));
  expect(before, file).toContain(old.join("\n"));
  writeFileSync(path.join(workspace.root, file), before.replace(old.join("\n"), after.join("\n")));
}

const [model, dictionary] = blocks.filter(({ language }) => language === "diff");
const [create, page, sync, check, plan, migrate, status, down] = commands as string[];

async function expectDone(line = ""): Promise<string> {
  const { code, output } = await pnpm(line);
  expect(code, `${line}\n${output}`).toBe(0);
  return output;
}

async function expectRefused(line = "", ...said: readonly (string | RegExp)[]): Promise<void> {
  const { code, output } = await pnpm(line);
  expect(code, `${line}\n${output}`).toBe(1);
  for (const one of said) expect(output).toMatch(one);
}

const folder = (product: string) => path.join(workspace.root, `apps/${product}-api/migrations`);
const newest = (product: string) =>
  readdirSync(folder(product))
    .filter((file) => file.endsWith("floor_plan.sql"))
    .map((file) => path.join(folder(product), file))[0] ?? "";

describe("a newcomer who adds a column by the guide", () => {
  it("needs fewer than ten commands", () => {
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.length).toBeLessThan(10);
    expect(commands.map((line) => line.split(" ")[0])).toEqual(
      expect.arrayContaining(["migration:new", "sync-migrations", "migration:check", "migrate", "migrate:down"]),
    );
  });

  it("is led from each wrong step to the right next one, and through", async () => {
    apply(model as Block);
    if (isNightly) await expectRefused(check, /properties\.columns\.floor_plan/, /pnpm migration:new/);
    await expectDone(create);
    expect(workspace.read("packages/shared-db/src/required-migration.ts")).toContain("add_floor_plan");

    // The words for what the column holds, and the other product, are still missing.
    await expectRefused(check, /not-synced/, /pnpm sync-migrations/, /unclassified-text/, /data-dictionary\.ts/);
    apply(dictionary as Block);
    await expectDone(page);
    expect(workspace.read("docs/data-dictionary.md")).toContain("| floor_plan | text | yes | listing_content |");
    await expectDone(sync);
    expect(readFileSync(newest("realestate"))).toEqual(readFileSync(newest("bestays")));

    // Somebody edits the copy.
    const copy = readFileSync(newest("realestate"));
    writeFileSync(newest("realestate"), `${copy}-- mine\n`);
    await expectRefused(sync, /edited|is not the copy/, /sync again/);
    writeFileSync(newest("realestate"), copy);
    await expectDone(check);

    expect(await expectDone(plan)).toContain('ADD COLUMN "floor_plan" text');
    expect(await expectDone(migrate)).toMatch(/bestays.*add_floor_plan[\s\S]*realestate.*add_floor_plan/);
    if (isNightly) expect(await expectDone(status)).toContain("add_floor_plan");

    // Somebody edits what is applied.
    const applied = readFileSync(newest("bestays"));
    writeFileSync(newest("bestays"), `${applied}-- later\n`);
    await expectRefused(migrate, /edited: .*add_floor_plan/, /new migration/);
    writeFileSync(newest("bestays"), applied);

    if (isNightly) await expectRefused(down, /no terminal to ask/, /--yes/); // in a terminal it asks
    await expectDone(`${down} --yes`);
    expect(await expectDone(status)).toMatch(/1 pending/);
  }, 120_000);
});
