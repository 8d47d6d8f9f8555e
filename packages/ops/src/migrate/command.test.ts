import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bestays, products, realestate } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { runHere } from "../cli/run-here.ts";
import { coreCheckCommand } from "../core/commands.ts";
import { seedCommand } from "../seed/command.ts";
import { migrateCommand } from "./command.ts";
import { migrateDownCommand } from "./down-command.ts";
import { migrate } from "./migrate.ts";
import { readFolder } from "./read-folder.ts";
import { runScript } from "./run-script.ts";
import { migrateStatusCommand } from "./status-command.ts";
import { folderOf, useDatabases } from "./test-databases.ts";

type Vars = Readonly<Record<string, string>>;
const runMigrate = (args: readonly string[], env: Vars) => runHere(migrateCommand(), args, env);

const { create } = useDatabases();
const all = readFolder(folderOf(bestays));
/** A database for each product there is, by the variable that names it. */
async function migrationUrls(): Promise<Record<string, string>> {
  const made = products.map(async (product) => {
    const { migrationUrl } = await create(product);
    return [`${product.id.toUpperCase()}_MIGRATION_DATABASE_URL`, migrationUrl] as const;
  });
  return Object.fromEntries(await Promise.all(made));
}

describe("pnpm migrate and pnpm seed", { timeout: 60_000 }, () => {
  it("do every product, and say in a table what they did", async () => {
    const env = await migrationUrls();
    const migrated = await runScript("migrate.ts", ["--all"], env); // as a process of its own, once
    expect(migrated).toMatchObject({ code: 0, stdout: expect.stringMatching(/bestays.*\n.*\n.*realestate/) });
    for (const product of products) expect(migrated.stdout).toContain(readFolder(folderOf(product)).at(-1)?.name);

    const seeded = await runHere(seedCommand(), ["--all", "--json"], env);
    expect(seeded.code).toBe(0);
    expect(JSON.parse(seeded.stdout)).toMatchObject(products.map(({ id }) => ({ product: id })));
    expect((await runScript("seed.ts", ["bestays"], { ...env, ENVIRONMENT: "production" })).code).toBe(1);
  });

  it("finish the others when one product's database is away, name it, and exit with 1", async () => {
    const { migrationUrl, migrator } = await create(realestate);
    const { code, stdout, stderr } = await runMigrate(["--all"], {
      ...(await migrationUrls()),
      BESTAYS_MIGRATION_DATABASE_URL: "postgres://bestays_migrator:hunter2@127.0.0.1:1/bestays_db",
      REALESTATE_MIGRATION_DATABASE_URL: migrationUrl,
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/bestays.*failed/);
    expect(stderr).toContain("The database of bestays cannot be opened");
    expect(stderr).toContain(`✗ ${products.length - 1} of ${products.length} done`);
    expect(stderr).not.toContain("✓");
    expect(stderr).not.toContain("Start it");
    expect(stdout + stderr).not.toContain("hunter2");
    expect(await migrator`select product_id from app_meta`).toEqual([{ product_id: "realestate" }]);
  });

  it("take many databases from a list, name the broken one, and finish it alone the next time", async () => {
    const databases = [await create(bestays), await create(bestays), await create(realestate)];
    const owners = ["bestays", "bestays", "realestate"];
    const list = databases.map(({ name, migrationUrl: url }, index) => ({ name, product: owners[index], url }));
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), "whitelabel-targets-")), "targets.json");
    writeFileSync(file, JSON.stringify(list));
    const broken = databases[1] as (typeof databases)[number];
    await broken.migrator`create table in_the_way (id integer)`;

    const first = await runMigrate(["--targets", file, "--json"], {});
    expect(first.code).toBe(1);
    expect(JSON.parse(first.stdout)).toMatchObject([
      { state: "migrated", applied: all.map(({ name }) => ({ name })) },
      { target: broken.name, state: "failed", error: expect.stringContaining("no marker"), next: expect.any(String) },
      { state: "migrated" },
    ]);
    expect(first.stderr).toContain(`${broken.name}: failed`);

    await broken.migrator`drop table in_the_way`;
    const second = await runMigrate(["--targets", file], {});
    expect(second).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/up to date[\s\S]*migrated[\s\S]*up to date/),
    });
    rmSync(path.dirname(file), { recursive: true });
  });

  it("show a plan, and touch nothing", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    const planned = await runMigrate(["bestays", "--plan"], { BESTAYS_MIGRATION_DATABASE_URL: migrationUrl });
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/^-- bestays[\s\S]*CREATE TABLE "users"/) });
    expect(planned.stdout).not.toMatch(/\n\n\n|\n\n$/);
    expect(await migrator`select to_regclass('app_meta') as marker`).toEqual([{ marker: null }]);
  });

  it("show what is applied and what is pending, and exit with 1 for what is odd", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    const env = { BESTAYS_MIGRATION_DATABASE_URL: migrationUrl };
    const [first] = all;
    await migrate({ product: bestays, migrationUrl, folder: folderOf(bestays), to: first?.name });
    expect(await runHere(migrateStatusCommand(), ["bestays"], env)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`bestays: 1 applied, ${all.length - 1} pending → pnpm migrate`),
    });
    await migrator`insert into schema_migrations (name, sha256, version) values ('20250101_0000-gone', 'x', '1')`;
    const wrong = await runHere(migrateStatusCommand(), ["bestays", "--json"], env);
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.stdout)[0].migrations[0]).toMatchObject({ name: "20250101_0000-gone", state: "missing" });
  });

  it("say how to start the server that `pnpm dev` made", async () => {
    const data = mkdtempSync(path.join(os.tmpdir(), "whitelabel-dev-"));
    const url = "postgres://somebody:hunter2@127.0.0.1:1/bestays_db_dev";
    const state = { products: { bestays: { migration_database_url: url, core_database_url_ro: url } } };
    writeFileSync(path.join(data, "dev.json"), JSON.stringify(state), { mode: 0o600 });
    for (const command of [migrateCommand(), migrateStatusCommand(), seedCommand(), coreCheckCommand()]) {
      const { code, stdout, stderr } = await runHere(command, ["bestays"], { WHITELABEL_DATA: data });
      expect(code, command.name()).toBe(1);
      expect(stdout + stderr, command.name()).toMatch(/Start it: `pnpm dev`/);
    }
    rmSync(data, { recursive: true });
  });

  it("name the products in the help", () => {
    for (const { id } of products) expect(migrateDownCommand().helpInformation()).toContain(id);
  });

  it("take a single product's URL from the app's own variable, and never for several products", async () => {
    const { migrationUrl } = await create(bestays);
    expect(await runMigrate(["bestays", "--json"], { MIGRATION_DATABASE_URL: migrationUrl })).toMatchObject({
      code: 0,
    });
    const { code, stderr } = await runMigrate(["--all"], { MIGRATION_DATABASE_URL: migrationUrl });
    expect(code).toBe(1);
    expect(stderr).toContain("Set REALESTATE_MIGRATION_DATABASE_URL");
  });

  it.each([
    [[], /Which product/],
    [["no-such-product"], /no product "no-such-product"/],
  ])("refuse %j with a sentence", async (args, message) => {
    expect(await runMigrate(args, {})).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
  });
});
