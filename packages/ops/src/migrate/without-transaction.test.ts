import { bestays } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { migrateDown } from "./down.ts";
import { migrate } from "./migrate.ts";
import { makeFolder, useDatabases } from "./test-databases.ts";

const { create } = useDatabases();
const name = "20270101_0002-index";
const index = "-- no-transaction\ncreate unique index concurrently things_size on things (size);\n";
const down = "-- no-transaction\ndrop index concurrently things_size;\n";

function folderWith(up = index) {
  const made = makeFolder({ "20270101_0001-things": ["create table things (size integer);", "drop table things;"] });
  made.write(name, up, down);
  return made;
}

async function prepare(folder: string) {
  const { migrationUrl, migrator, superuser } = await create(bestays);
  const run = (over: object = {}) => migrate({ product: bestays, migrationUrl, folder, ...over });
  return {
    migrator,
    superuser,
    run,
    goDown: () =>
      migrateDown({ product: bestays, migrationUrl, folder, extent: { steps: 1 }, agree: async () => true }),
    indexes: async () => [
      ...(await migrator`
        select relname as name, indisvalid as is_valid, pg_get_indexdef(indexrelid) like '%(id)' as is_on_id
        from pg_index join pg_class c on c.oid = indexrelid where indrelid = 'things'::regclass`),
    ],
    ledger: async () =>
      (await migrator`select applied_at is not null as is_done from schema_migrations where name = ${name}`)[0]
        ?.is_done,
  };
}

const valid = [{ name: "things_size", is_valid: true, is_on_id: false }];

describe("a migration outside a transaction", () => {
  it("builds its index, and its reverse drops it", async () => {
    using made = folderWith();
    const { run, indexes, ledger, goDown } = await prepare(made.folder);
    expect((await run()).applied.at(-1)).toMatchObject({ name, duration_ms: expect.any(Number) });
    expect(await indexes()).toEqual(valid);
    expect(await ledger()).toBe(true);
    await goDown();
    expect(await indexes()).toEqual([]);
    expect(await ledger()).toBeUndefined();
  });

  it("that fails leaves a mark and an invalid index, which the next run rebuilds", async () => {
    using made = folderWith();
    const { run, indexes, ledger, migrator } = await prepare(made.folder);
    await run({ to: "20270101_0001-things" });
    await migrator`insert into things values (1), (1)`;
    await expect(run()).rejects.toMatchObject({
      message: expect.stringMatching(/index\.sql: could not create unique index/),
      next: expect.stringMatching(/rebuilds an index left invalid/),
    });
    expect(await indexes()).toMatchObject([{ is_valid: false }]);
    expect(await ledger()).toBe(false);

    await migrator`delete from things`;
    const report = await run();
    expect(report.warnings).toEqual([expect.stringMatching(/was begun at .* and not finished; it goes on/)]);
    expect(await indexes()).toEqual(valid);
    expect(await ledger()).toBe(true);
  });

  it("that ended after its index does not build it again", async () => {
    using made = folderWith();
    const { run, indexes, ledger, migrator } = await prepare(made.folder);
    await run();
    const [before] = await migrator`select 'things_size'::regclass::oid`;
    await migrator`update schema_migrations set applied_at = null where name = ${name}`;
    await run();
    expect(await migrator`select 'things_size'::regclass::oid`).toEqual([before]);
    expect([await indexes(), await ledger()]).toEqual([valid, true]);
  });

  it("may be put right while it is half done: what its old text built is built anew", async () => {
    using made = folderWith();
    const { run, indexes, migrator } = await prepare(made.folder);
    await run();
    await migrator`update schema_migrations set applied_at = null where name = ${name}`;
    await migrator`alter table things add column id integer`;
    made.write(name, index.replace("(size)", "(id)"), down);
    await run();
    expect(await indexes()).toEqual([{ ...valid[0], is_on_id: true }]);
  });

  it("takes no other's index for its own", async () => {
    using made = folderWith();
    const { run, migrator, ledger } = await prepare(made.folder);
    await run({ to: "20270101_0001-things" });
    await migrator`create index things_size on things (size)`;
    await expect(run()).rejects.toThrow(/already exists/);
    expect(await ledger()).toBe(false);
  });

  it("cleans up after a rebuild that ended in the middle", async () => {
    using made = folderWith(`${index}reindex index concurrently things_size;\n`);
    const { run, indexes, migrator, superuser } = await prepare(made.folder);
    await run();
    await migrator`create index things_size_ccnew on things (size)`;
    await superuser`update pg_index set indisvalid = false where indexrelid = 'things_size_ccnew'::regclass`;
    await migrator`update schema_migrations set applied_at = null where name = ${name}`;
    await run();
    expect(await indexes()).toEqual(valid);
  });

  it("waits for an open transaction without holding up anybody, and names it when it gives up", async () => {
    using made = folderWith();
    const { run, migrator, indexes } = await prepare(made.folder);
    await run({ to: "20270101_0001-things" });
    await migrator`insert into things values (1)`;
    const { promise, resolve } = Promise.withResolvers<void>();
    const open = migrator.begin(async (tx) => {
      await tx`update things set size = 2`;
      await promise;
    });
    await expect(run({ patientLockTimeoutMs: 300, backOffMs: [] })).rejects.toThrow(
      /gave up after 1 attempt .* pid \d+/,
    );
    resolve();
    await open;
    await run();
    expect(await indexes()).toEqual(valid);
  });

  it.each([
    ["what cannot be done twice", "-- no-transaction\ncreate table other (id integer);", /cannot be done twice/],
    [
      "an index without a name",
      "-- no-transaction\ncreate index concurrently on things (size);",
      /cannot be done twice/,
    ],
    ["nothing of the kind", "create index concurrently things_size on things (size);", /only outside a transaction/],
  ])("is refused with %s, before anything runs", async (_, up, message) => {
    using made = folderWith(up);
    const { run, migrator } = await prepare(made.folder);
    await expect(run()).rejects.toThrow(message);
    expect(await migrator`select to_regclass('things') as things`).toEqual([{ things: null }]);
  });

  it("may fill in batches, with transactions of its own", async () => {
    using made = folderWith(`-- no-transaction
do $$ begin
  loop
    update things set size = 0 where ctid in (select ctid from things where size is null limit 2);
    exit when not found;
    commit;
  end loop;
end $$;`);
    const { run, migrator } = await prepare(made.folder);
    await run({ to: "20270101_0001-things" });
    await migrator`insert into things select null from generate_series(1, 7)`;
    await run();
    expect(await migrator`select count(distinct xmin::text)::int as transactions from things where size = 0`).toEqual([
      { transactions: 4 },
    ]);
  });
});

describe("a header that almost says something", () => {
  it.each([
    ["-- breaking\nselect 1;", /breaking` cannot be read/],
    ["-- no transaction\nselect 1;", /cannot be read/],
    ["-- product-only: land\nselect 1;", /cannot be read/],
    ["select 1;\n-- breaking: too late\nselect 2;", /:2: .* stands below the first statement/],
  ])("is refused: %j", async (sql, message) => {
    using made = makeFolder({ "20270101_0001-odd": sql });
    const { run } = await prepare(made.folder);
    await expect(run()).rejects.toThrow(message);
  });
});
