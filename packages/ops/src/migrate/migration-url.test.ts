import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bestays } from "@whitelabel/shared-config";
import { expect, it } from "vitest";
import { migrationUrlOf } from "./migration-url.ts";

const urlIn = (source: Record<string, string>) => () => migrationUrlOf(bestays, { isOnly: true, source });
const [migrator, runtime] = ["postgres://migrator@h/bestays_db", "postgres://runtime@h/bestays_db"];

it("takes the migrator's URL, and the runtime's outside production", () => {
  expect(urlIn({ BESTAYS_MIGRATION_DATABASE_URL: migrator, BESTAYS_DATABASE_URL: runtime })()).toBe(migrator);
  expect(urlIn({ BESTAYS_MIGRATION_DATABASE_URL: " ", BESTAYS_DATABASE_URL: runtime })()).toBe(runtime);
});

it.each(["ENVIRONMENT", "BESTAYS_ENVIRONMENT"])(
  "never takes the runtime's URL in production, as %s names it",
  (name) => {
    expect(urlIn({ [name]: "production", BESTAYS_DATABASE_URL: runtime })).toThrow(/Nobody said where/);
  },
);

it("reads a URL from a file, and says which variable names one that is not there", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "migration-url-"));
  const file = path.join(folder, "secret");
  writeFileSync(file, `${migrator}\n`);
  expect(urlIn({ BESTAYS_MIGRATION_DATABASE_URL_FILE: file })()).toBe(migrator);
  rmSync(folder, { recursive: true });
  expect(urlIn({ BESTAYS_MIGRATION_DATABASE_URL_FILE: file })).toThrow(
    /MIGRATION_DATABASE_URL_FILE names cannot be read/,
  );
});
