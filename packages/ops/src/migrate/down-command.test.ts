import { bestays } from "@whitelabel/shared-config";
import { expect, it, vi } from "vitest";
import { runHere } from "../cli/run-here.ts";
import { migrateDownCommand } from "./down-command.ts";
import { migrate } from "./migrate.ts";
import { readFolder } from "./read-folder.ts";
import { hasTerminal, runInTerminal, runScript } from "./run-script.ts";
import { folderOf, useDatabases } from "./test-databases.ts";

vi.setConfig({ testTimeout: 60_000 });
const isNightly = process.env.NIGHTLY === "1";
const { create } = useDatabases();
const [first, second] = readFolder(folderOf(bestays)).map(({ name }) => name) as [string, string];

/** A database with two migrations, and how many are left of them. */
async function prepare() {
  const { migrationUrl, migrator, name } = await create(bestays);
  await migrate({ product: bestays, migrationUrl, folder: folderOf(bestays), to: second });
  const left = async () => (await migrator`select from schema_migrations`).length;
  return { name, left, env: { BESTAYS_MIGRATION_DATABASE_URL: migrationUrl } };
}

it("migrate:down refuses, outside development, without --yes and without the name of a backup", async () => {
  const { name, left, env } = await prepare();
  const down = (...args: string[]) =>
    runHere(migrateDownCommand(), ["bestays", ...args], { ...env, ENVIRONMENT: "production" });
  const refused = [[], ["--yes"], ["--backup", "b1"]].map(async (args) => {
    const { code, stderr } = await down(...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${name} is not a development database`)]);
    expect(stderr).toContain(second);
  });
  await Promise.all(refused);
  expect(await left()).toBe(2);

  const { code, stderr } = await down("--yes", "--backup", "b1", "--base");
  expect([code, stderr]).toEqual([0, expect.stringMatching(/backup b1.*nobody here has checked it/)]);
  expect(await left()).toBe(0);
});

it("migrate:down refuses, in development, where there is nobody to ask", async () => {
  const { name, left, env } = await prepare();
  const { code, stderr } = await runScript("migrate-down.ts", ["bestays"], { ...env, ENVIRONMENT: "development" });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/no terminal to ask[\s\S]*give --yes/)]);
  expect(stderr).toContain(`${second} in ${name}`);
  expect(await left()).toBe(2);
});

const terminal = hasTerminal ? "" : " (skipped: util-linux's `script` is not here)";
it.runIf(hasTerminal)(`migrate:down asks in a terminal, and only a typed yes is one${terminal}`, async () => {
  const { name, left, env } = await prepare();
  const answer = async (keys: string) => {
    const run = await runInTerminal("migrate-down.ts", ["bestays"], env, { question: "(y/N) ", keys });
    expect(run.screen).toContain(`This reverses in ${name}, newest first:\n  ${second}\n`);
    return run;
  };
  const noes = ["\x03", ...(isNightly ? ["n\r", "\r", "\x04"] : [])]; // Ctrl-C; n, Enter alone, Ctrl-D: ask.test.ts too
  for (const { code, screen } of await Promise.all(noes.map(answer))) {
    expect([code, screen]).toEqual([1, expect.stringContaining("Nothing was changed.\n")]);
  }
  expect(await left()).toBe(2);

  const { code, screen } = await answer("y\r");
  expect([code, screen]).toEqual([0, expect.stringContaining(`The schema is now at ${first}`)]);
  expect(await left()).toBe(1);
});
