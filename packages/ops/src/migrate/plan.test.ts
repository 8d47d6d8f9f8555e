import { bestays, realestate } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import { plan } from "./plan.ts";
import { copyFolder, describeSchema, folderOf, makeFolder, useDatabases } from "./test-databases.ts";

const { create } = useDatabases();
const folder = folderOf(bestays);

const contentOf = async (sql: Parameters<typeof describeSchema>[0]) => [
  await describeSchema(sql),
  await sql`select c.relname, c.relacl::text from pg_class c where relnamespace = 'public'::regnamespace order by 1`,
];

describe("a plan", () => {
  it("of an empty database holds all that a run would do, and leaves it empty", async () => {
    const planned = await create(bestays);
    const migrated = await create(bestays);
    const { sql, pending } = await plan({ product: bestays, migrationUrl: planned.migrationUrl, folder });
    expect(await describeSchema(planned.migrator)).toEqual([]);
    expect(pending.length).toBeGreaterThanOrEqual(3);

    // Run as it is printed, it leads to just what a run leads to.
    await planned.migrator.unsafe(sql).simple();
    await migrate({ product: bestays, migrationUrl: migrated.migrationUrl, folder });
    expect(await contentOf(planned.migrator)).toEqual(await contentOf(migrated.migrator));
    const ledger = "select name, sha256, version, is_breaking from schema_migrations order by name";
    expect(await planned.migrator.unsafe(ledger)).toEqual(await migrated.migrator.unsafe(ledger));
  });

  it("of a database that has all is empty, and of one with a wrong grant holds the grants", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    await migrate({ product: bestays, migrationUrl, folder });
    expect(await plan({ product: bestays, migrationUrl, folder })).toMatchObject({ pending: [], sql: "" });
    await migrator`grant delete on users to bestays_user`;
    const { sql } = await plan({ product: bestays, migrationUrl, folder });
    expect(sql).toContain("revoke all");
    expect(sql).not.toContain("CREATE TABLE");
  });

  it("holds no more than what was asked for", async () => {
    const { migrationUrl } = await create(bestays);
    using copy = copyFolder(bestays);
    copy.write("20991231_2358-one", "create table one (id integer);");
    copy.write("20991231_2359-two", "-- no-transaction\ncreate index concurrently on_one on one (id);");
    const to = (name?: string) => plan({ product: bestays, migrationUrl, folder: copy.folder, to: name });
    expect((await to("20991231_2358-one.sql")).pending.at(-1)).toBe("20991231_2358-one");
    expect((await to()).sql).toMatch(
      /two\.sql, outside a transaction[\s\S]*applied_at[\s\S]*create index concurrently/,
    );
    await expect(to("20991231_2357-none")).rejects.toMatchObject({ message: expect.stringMatching(/no migration/) });
  });

  it("waits for no lock, and refuses what a run would refuse", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    await migrator`select pg_advisory_lock(${0x77_68_74_65}::int, ${0x6c_61_62_6c}::int)`;
    using made = makeFolder({ "20270101_0001-theirs": "-- product-only realestate: land\nselect 1;" });
    await expect(plan({ product: bestays, migrationUrl, folder: made.folder })).rejects.toThrow(/realestate only/);
    await expect(plan({ product: realestate, migrationUrl, folder: made.folder })).rejects.toThrow(/name/);
    expect((await plan({ product: bestays, migrationUrl, folder })).sql).not.toBe("");
  });
});

describe("a run up to a migration", () => {
  it("leaves the later ones for the next", async () => {
    const { migrationUrl } = await create(bestays);
    using made = makeFolder({
      "20270101_0001-one": "create table one (id integer);",
      "20270101_0002-two": "create table two (id integer);",
    });
    const run = (to?: string) => migrate({ product: bestays, migrationUrl, folder: made.folder, to });
    expect((await run("20270101_0001-one")).applied.map(({ name }) => name)).toEqual(["20270101_0001-one"]);
    expect((await run("20270101_0001-one")).applied).toEqual([]);
    expect((await run()).applied.map(({ name }) => name)).toEqual(["20270101_0002-two"]);
    await expect(run("20270101_0003-none")).rejects.toThrow(/no migration/);
  });
});
