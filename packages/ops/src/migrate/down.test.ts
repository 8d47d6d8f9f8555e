import { bestays } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { type DownOptions, type Extent, migrateDown } from "./down.ts";
import { isDevelopment } from "./down-command.ts";
import { migrate } from "./migrate.ts";
import { readFolder } from "./read-folder.ts";
import { copyFolder, describeSchema, folderOf, makeFolder, useDatabases } from "./test-databases.ts";

const { create } = useDatabases();

const three = {
  "20270101_0001-one": ["create table one (id integer);", "drop table one;"],
  "20270101_0002-two": ["create table two (id integer);", "drop table two;"],
  "20270101_0003-three": ["create table three (id integer);", "drop table three;"],
} satisfies Record<string, [string, string]>;

async function prepare(folder: string) {
  const database = await create(bestays);
  const run = () => migrate({ product: bestays, migrationUrl: database.migrationUrl, folder });
  const down = (extent: Extent, over: Partial<DownOptions> = {}) =>
    migrateDown({
      product: bestays,
      migrationUrl: database.migrationUrl,
      folder,
      extent,
      agree: async () => true,
      ...over,
    });
  const names = async () =>
    (await database.migrator`select name from schema_migrations order by name`).map(({ name }) => name.slice(14));
  await run();
  return { ...database, run, down, names };
}

describe("migrate:down", () => {
  it("goes one step back, or more, or to a migration, or to the beginning, and up again", async () => {
    using made = makeFolder(three);
    const { run, down, names, migrator } = await prepare(made.folder);
    const full = await describeSchema(migrator);
    expect((await down({ steps: 1 })).reversed).toMatchObject([{ name: "20270101_0003-three" }]);
    expect(await names()).toEqual(["one", "two"]);
    expect(await migrator`select to_regclass('three') as three, to_regclass('two')::text as two`).toEqual([
      { three: null, two: "two" },
    ]);
    expect((await down({ to: "20270101_0001-one" })).schema_version).toBe("20270101_0001-one");
    expect(await names()).toEqual(["one"]);
    await run();
    expect(await describeSchema(migrator)).toEqual(full);

    expect((await down({ steps: 2 })).reversed.map(({ name }) => name)).toEqual([
      "20270101_0003-three",
      "20270101_0002-two",
    ]);
    expect(await down({ base: true })).toMatchObject({ schema_version: null, was_declined: false });
    expect(await names()).toEqual([]);
    expect((await down({ steps: 1 })).reversed).toEqual([]);
  });

  const isReversible = readFolder(folderOf(bestays)).every(({ header }) => header.irreversible === undefined);
  it.runIf(isReversible)("leaves of the real migrations nothing but marker and ledger", async () => {
    const { down, migrator, run } = await prepare(folderOf(bestays));
    const full = await describeSchema(migrator);
    await down({ base: true });
    expect((await describeSchema(migrator)).filter((line) => !/app_meta|schema_migrations/.test(line))).toEqual([]);
    await run();
    expect(await describeSchema(migrator)).toEqual(full);
  });

  it("reverses first what was applied last, even if its date is older", async () => {
    using made = makeFolder(three);
    const { run, down } = await prepare(made.folder);
    made.write("20200101_0000-late", "create table late (id integer);", "drop table late;");
    await run();
    expect((await down({ steps: 1 })).reversed).toMatchObject([{ name: "20200101_0000-late" }]);
  });

  it("is whole or not at all, and keeps the ledger's row when it fails", async () => {
    using made = makeFolder(three);
    made.write("20270101_0004-four", "create table four (id integer);", "drop table four;\nselect 1 / 0;");
    const { down, names, migrator } = await prepare(made.folder);
    const before = await describeSchema(migrator);
    await expect(down({ steps: 2 })).rejects.toThrow(/four\.down\.sql.*division by zero/);
    expect(await names()).toEqual(["one", "two", "three", "four"]);
    expect(await describeSchema(migrator)).toEqual(before);
  });

  it("refuses the whole run for one that is irreversible, with its reason", async () => {
    using copy = copyFolder(bestays);
    copy.write("20991231_2358-one_way", "-- irreversible: the old values are gone\nselect 1;");
    copy.write("20991231_2359-after", "create table after_it (id integer);", "drop table after_it;");
    const { down, names } = await prepare(copy.folder);
    const before = await names();
    await expect(down({ steps: 2 })).rejects.toThrow(/one_way cannot be reversed: the old values are gone/);
    expect(await names()).toEqual(before);
    expect((await down({ steps: 1 })).reversed).toHaveLength(1);
  });

  it("refuses a folder whose files are not those that were applied", async () => {
    using made = makeFolder(three);
    const { down, names } = await prepare(made.folder);
    made.write("20270101_0001-one", "create table one (id bigint);", "drop table one;");
    await expect(down({ steps: 1 })).rejects.toThrow(/edited: 20270101_0001-one/);
    expect(await names()).toHaveLength(3);
  });

  it("asks with the names first, and changes nothing when the answer is no", async () => {
    using made = makeFolder(three);
    const { down, names, name } = await prepare(made.folder);
    let asked: unknown;
    const agree = async (...question: unknown[]) => {
      asked = question;
      return false;
    };
    expect(await down({ steps: 2 }, { agree })).toMatchObject({ was_declined: true, reversed: [] });
    expect(asked).toEqual([name, ["20270101_0003-three", "20270101_0002-two"]]);
    expect(await names()).toHaveLength(3);
  });

  it("refuses when another migrator came while it asked", async () => {
    using made = makeFolder(three);
    const { down, run, names } = await prepare(made.folder);
    const agree = async () => {
      made.write("20270101_0004-four", "create table four (id integer);", "drop table four;");
      await run();
      return true;
    };
    await expect(down({ steps: 1 }, { agree })).rejects.toThrow(/Another migrator changed/);
    expect(await names()).toHaveLength(4);
  });

  it("names a migration that was never applied", async () => {
    using made = makeFolder(three);
    const { down } = await prepare(made.folder);
    made.write("20270101_0004-four", "create table four (id integer);", "drop table four;");
    await expect(down({ to: "20270101_0004-four" })).rejects.toThrow(/four is not applied/);
    await expect(down({ to: "20270101_0009-none" })).rejects.toThrow(/no migration/);
  });
});

describe("a database is in development", () => {
  it.each([
    ["bestays_db_dev", undefined, true],
    ["bestays_db_test_4", "test", true],
    ["bestays_db_dev", "development", true],
    ["bestays_db", undefined, false],
    ["bestays_db", "development", false],
    ["bestays_db_dev", "production", false],
    ["bestays_db_dev", "staging", false],
    ["bestays_db_device", undefined, false],
    ["realestate_db_dev", undefined, false],
  ])("%s with ENVIRONMENT %s: %s", (database, environment, is) => {
    expect(isDevelopment(bestays, database, environment ?? "")).toBe(is);
  });
});
