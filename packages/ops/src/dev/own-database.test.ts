import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bestays } from "@whitelabel/shared-config";
import { afterEach, expect, it, vi } from "vitest";
import { migrate } from "../migrate/migrate.ts";
import { folderOf, useDatabases } from "../migrate/test-databases.ts";
import { findOwnDatabase } from "./own-database.ts";

const { create } = useDatabases();
const { runtimeRole, databaseName } = bestays;
afterEach(() => vi.unstubAllEnvs());

const finding = (variables: Record<string, string>) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return findOwnDatabase(bestays);
};

it("finds none where no variable names one", async () => {
  expect(await finding({ BESTAYS_DATABASE_URL: "" })).toBeUndefined();
});

it("asks for the migrator's URL, by its name, where only the runtime role's is given and the schema is behind", async () => {
  const { urlAs } = await create(bestays);
  const refusal = await finding({ BESTAYS_DATABASE_URL: urlAs(runtimeRole) }).catch((error) => error);
  expect(refusal.message).toContain("BESTAYS_DATABASE_URL names a role that may not change the schema");
  expect(refusal.next).toContain("Set BESTAYS_MIGRATION_DATABASE_URL");
});

it("is content with the runtime role alone over a schema that is up to date", async () => {
  const { urlAs, migrationUrl } = await create(bestays);
  await migrate({ product: bestays, migrationUrl, folder: folderOf(bestays) });
  expect(await finding({ BESTAYS_DATABASE_URL: urlAs(runtimeRole) })).toMatchObject({ mayMigrate: false });
});

it("takes one role for both, and URLs from files", async () => {
  const { migrationUrl } = await create(bestays);
  const folder = mkdtempSync(path.join(os.tmpdir(), "own-database-"));
  const file = path.join(folder, "url");
  writeFileSync(file, `${migrationUrl}\n`);
  const found = await finding({ BESTAYS_DATABASE_URL_FILE: file });
  rmSync(folder, { recursive: true });
  expect(found).toEqual({ database: migrationUrl, migration: migrationUrl, mayMigrate: true });
});

it("refuses the production's name unless somebody says that it is none", async () => {
  const { migrationUrl } = await create(bestays, databaseName);
  await expect(finding({ BESTAYS_DATABASE_URL: migrationUrl })).rejects.toThrow(/name of .* production database/);
  expect(await finding({ BESTAYS_ENVIRONMENT: "development" })).toMatchObject({ mayMigrate: true });
});

it("names the variable whose database cannot be opened, and one that comes alone", async () => {
  const url = "postgres://somebody:hunter2@127.0.0.1:1/bestays_db_dev";
  await expect(finding({ BESTAYS_MIGRATION_DATABASE_URL: url })).rejects.toThrow(/BESTAYS_DATABASE_URL is not/);
  await expect(finding({ BESTAYS_DATABASE_URL: url })).rejects.toThrow(
    /^BESTAYS_MIGRATION_DATABASE_URL: (?!.*hunter2)/,
  );
});
