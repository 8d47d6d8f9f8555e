import { execFile } from "node:child_process";
import path from "node:path";
import { bestays, realestate } from "@whitelabel/shared-config";
import { REQUIRED_MIGRATION } from "@whitelabel/shared-db";
import { describe, expect, it } from "vitest";
import { useDatabases } from "./test-databases.ts";

const { create } = useDatabases();
const scripts = path.resolve(import.meta.dirname, "../../../../scripts");
// A folder without a dev.json, so that no database of the developer's own is ever meant.
const clean = { PATH: process.env.PATH, NO_COLOR: "1", WHITELABEL_DATA: "/nonexistent" };

type Run = { code: number; stdout: string; stderr: string };

function run(script: string, args: string[], env: Record<string, string>): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(scripts, script), ...args],
      { env: { ...clean, ...env } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe("pnpm migrate and pnpm seed", () => {
  it("do every product, and say in a table what they did", async () => {
    const env = {
      BESTAYS_MIGRATION_DATABASE_URL: (await create(bestays)).migrationUrl,
      REALESTATE_MIGRATION_DATABASE_URL: (await create(realestate)).migrationUrl,
    };
    const migrated = await run("migrate.ts", ["--all"], env);
    expect(migrated).toMatchObject({ code: 0, stdout: expect.stringMatching(/bestays.*\n.*\n.*realestate/) });
    expect(migrated.stdout).toContain(REQUIRED_MIGRATION);

    const seeded = await run("seed.ts", ["--all", "--json"], env);
    expect(seeded.code).toBe(0);
    expect(JSON.parse(seeded.stdout)).toMatchObject([{ product: "bestays" }, { product: "realestate" }]);
    expect((await run("seed.ts", ["bestays"], { ...env, ENVIRONMENT: "production" })).code).toBe(1);
  });

  it("finish the others when one product's database is away, name it, and exit with 1", async () => {
    const { migrationUrl, migrator } = await create(realestate);
    const { code, stdout, stderr } = await run("migrate.ts", ["--all"], {
      BESTAYS_MIGRATION_DATABASE_URL: "postgres://bestays_migrator:hunter2@127.0.0.1:1/bestays_db",
      REALESTATE_MIGRATION_DATABASE_URL: migrationUrl,
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/bestays.*failed/);
    expect(stderr).toContain("The database of bestays cannot be opened");
    expect(stdout + stderr).not.toContain("hunter2");
    expect(await migrator`select product_id from app_meta`).toEqual([{ product_id: "realestate" }]);
  });

  it("take a single product's URL from the app's own variable, and never for several products", async () => {
    const { migrationUrl } = await create(bestays);
    expect(await run("migrate.ts", ["bestays", "--json"], { MIGRATION_DATABASE_URL: migrationUrl })).toMatchObject({
      code: 0,
    });
    const { code, stderr } = await run("migrate.ts", ["--all"], { MIGRATION_DATABASE_URL: migrationUrl });
    expect(code).toBe(1);
    expect(stderr).toContain("Set REALESTATE_MIGRATION_DATABASE_URL");
  });

  it.each([
    [[], /Which product/],
    [["hotels"], /no product "hotels"/],
  ])("refuse %j with a sentence", async (args, message) => {
    expect(await run("migrate.ts", args, {})).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
  });
});
