import { appendFileSync } from "node:fs";
import path from "node:path";
import { bestays, products, realestate } from "@whitelabel/shared-config";
import { grants } from "@whitelabel/shared-db";
import { describe, expect, it } from "vitest";
import { applyScript } from "./apply.ts";
import { mapSome } from "./fan-out.ts";
import { applyGrants, areGranted } from "./grants.ts";
import { takeLock } from "./lock.ts";
import { applyOptions, migrate } from "./migrate.ts";
import { type Migration, readFolder } from "./read-folder.ts";
import { upOf } from "./scripts.ts";
import { copyFolder, describeSchema, folderOf, makeFolder, useDatabases } from "./test-databases.ts";

const { create, createCopies, open } = useDatabases();

for (const product of products)
  describe(`${product.id}: migrate`, () => {
    const folder = folderOf(product);
    const all = readFolder(folder).map(({ name }) => name);

    it("makes an empty database the product's, with every migration once", async () => {
      const { migrationUrl, migrator, name } = await create(product);
      const report = await migrate({ product, migrationUrl, folder, version: "1.2.3" });

      expect(report).toMatchObject({ product: product.id, database: name, already: 0, warnings: [] });
      expect(report.applied.map(({ name }) => name)).toEqual(all);
      expect(report.schema_version).toBe(all.at(-1));
      expect(await migrator`select product_id from app_meta`).toEqual([{ product_id: product.id }]);
      expect(await migrator`select name, version from schema_migrations order by name`).toEqual(
        all.map((name) => ({ name, version: "1.2.3" })),
      );
    });

    it("changes nothing the second time", async () => {
      const { migrationUrl, migrator } = await create(product);
      await migrate({ product, migrationUrl, folder });
      const before = [await describeSchema(migrator), await migrator`select * from schema_migrations`];

      const report = await migrate({ product, migrationUrl, folder });
      expect(report).toMatchObject({ applied: [], already: all.length, schema_version: all.at(-1) });
      expect([await describeSchema(migrator), await migrator`select * from schema_migrations`]).toEqual(before);
    });
  });

describe("twenty migrators at once", () => {
  const rounds = process.env.NIGHTLY === "1" ? 20 : 3;
  it("all succeed, in each of several rounds, and each migration is applied once", async () => {
    using made = makeFolder({
      "20270101_0001-one": "create table one (id integer primary key);",
      "20270101_0002-two": "-- no-transaction\ncreate index concurrently one_index on one (id);",
      "20270101_0003-three": "insert into one values (1);",
    });
    const names = ["20270101_0001-one", "20270101_0002-two", "20270101_0003-three"];
    // Some rounds at a time: much of one is waiting for the lock, and the server takes a hundred sessions.
    await mapSome(await createCopies(bestays, rounds), 3, async ({ migrationUrl }) => {
      const reports = await Promise.all(
        Array.from({ length: 20 }, () => migrate({ product: bestays, migrationUrl, folder: made.folder })),
      );
      expect(reports.flatMap(({ applied }) => applied.map(({ name }) => name)).sort()).toEqual(names);
      expect(reports.every(({ schema_version }) => schema_version === names[2])).toBe(true);
    });
  }, 60_000);

  it("end with a sentence when one holds the lock for too long", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    await migrator`select pg_advisory_lock(${0x77_68_74_65}::int, ${0x6c_61_62_6c}::int)`;
    const attempt = migrate({ product: bestays, migrationUrl, folder: folderOf(bestays), waitMs: 300 });
    await expect(attempt).rejects.toThrow(/Another migrator/);
    expect(await describeSchema(migrator)).toEqual([]);
  });
});

describe("a folder that is not the one that was applied", () => {
  const prepare = async () => {
    const database = await create(bestays);
    await migrate({ product: bestays, migrationUrl: database.migrationUrl, folder: folderOf(bestays) });
    const before = await describeSchema(database.migrator);
    return { ...database, before };
  };
  const first = readFolder(folderOf(bestays))[0]?.name ?? "";

  it("is refused when an applied file was edited, with both hashes, before anything runs", async () => {
    const { migrationUrl, migrator, before } = await prepare();
    using copy = copyFolder(bestays);
    appendFileSync(path.join(copy.folder, `${first}.sql`), "\n-- a later thought\n");
    copy.write("20991231_2359-never", "create table never (id integer);");

    const attempt = migrate({ product: bestays, migrationUrl, folder: copy.folder });
    await expect(attempt).rejects.toThrow(
      new RegExp(`edited: ${first} was applied as sha256 \\w{64} and is now \\w{64}`),
    );
    expect(await describeSchema(migrator)).toEqual(before);
  });

  it("is refused when an applied file is missing", async () => {
    const { migrationUrl, migrator, before } = await prepare();
    using copy = copyFolder(bestays);
    copy.remove(first);
    copy.write("20991231_2359-never", "create table never (id integer);");

    const attempt = migrate({ product: bestays, migrationUrl, folder: copy.folder });
    await expect(attempt).rejects.toThrow(`missing: ${first}`);
    expect(await describeSchema(migrator)).toEqual(before);
  });

  it("is applied when it has an older-dated file, with a warning", async () => {
    const { migrationUrl, migrator } = await prepare();
    using copy = copyFolder(bestays);
    copy.write("20200101_0000-late", "create table late (id integer);");
    const lines: string[] = [];

    const report = await migrate({
      product: bestays,
      migrationUrl,
      folder: copy.folder,
      log: (line) => lines.push(line),
    });
    expect(report.applied.map(({ name }) => name)).toEqual(["20200101_0000-late"]);
    expect(report.warnings).toEqual([expect.stringContaining("20200101_0000-late is older than")]);
    expect(lines.join("\n")).toContain("warning: 20200101_0000-late");
    expect(await migrator`select to_regclass('late')::text as name`).toEqual([{ name: "late" }]);
    expect(report.schema_version).toBe(readFolder(copy.folder).at(-1)?.name);
  });

  it("is refused when a file is another product's, before the database is even claimed", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    using copy = copyFolder(bestays);
    copy.write(
      "20991231_2359-theirs",
      "-- product-only realestate: only they sell land\ncreate table theirs (id integer);",
    );
    const attempt = migrate({ product: bestays, migrationUrl, folder: copy.folder });
    await expect(attempt).rejects.toThrow(/for realestate only/);
    expect(await describeSchema(migrator)).toEqual([]);
  });

  it.each([
    ["a badly named file", "20261121-create.sql", /no migration: 20261121-create.sql/],
    ["a day that no calendar has", "20270231_0930-create.sql", /misdated/],
    ["a reverse of nothing", "20991231_2359-lonely.down.sql", /not there/],
  ])("is refused with %s", async (_, file, message) => {
    const { migrationUrl, migrator } = await create(bestays);
    using copy = copyFolder(bestays);
    appendFileSync(path.join(copy.folder, file), "select 1;");
    await expect(migrate({ product: bestays, migrationUrl, folder: copy.folder })).rejects.toThrow(message);
    expect(await describeSchema(migrator)).toEqual([]);
  });

  it("is refused with two pending migrations of one minute, with the next free one", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    using made = makeFolder({ "20270101_0001-one": "select 1;", "20270101_0002-two": "select 1;" });
    const run = () => migrate({ product: bestays, migrationUrl, folder: made.folder });
    await run();
    made.write("20270101_0001-again", "create table again (id integer);");
    await expect(run()).rejects.toThrow(/misdated: .* are of one minute; date 20270101_0001-again 20270101_0003/);
    expect(await migrator`select name from schema_migrations`).toHaveLength(2);
  });

  it("is refused with a migration that has no reverse, unless it says why", async () => {
    const { migrationUrl } = await create(bestays);
    using copy = copyFolder(bestays);
    const file = path.join(copy.folder, "20991231_2359-one_way.sql");
    appendFileSync(file, "select 1;");
    await expect(migrate({ product: bestays, migrationUrl, folder: copy.folder })).rejects.toThrow(/no reverse/);
    copy.remove("20991231_2359-one_way");
    appendFileSync(file, "-- irreversible: it only looks\nselect 1;");
    await migrate({ product: bestays, migrationUrl, folder: copy.folder });
  });

  it("is refused with a migration that would end the runner's transaction", async () => {
    const { migrationUrl } = await create(bestays);
    using copy = copyFolder(bestays);
    copy.write("20991231_2359-cuts", "create table one (id integer);\nCOMMIT;\ncreate table two (id integer);");
    await expect(migrate({ product: bestays, migrationUrl, folder: copy.folder })).rejects.toThrow(/COMMIT/);
  });
});

describe("a failing migration", () => {
  it("leaves schema and ledger as before, and the next run goes on from there", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    await migrate({ product: bestays, migrationUrl, folder: folderOf(bestays) });
    const before = await describeSchema(migrator);
    using copy = copyFolder(bestays);
    copy.write("20991231_2359-breaks", "create table half (id integer);\nset statement_timeout = 1;\nselect 1 / 0;");

    const attempt = migrate({ product: bestays, migrationUrl, folder: copy.folder });
    await expect(attempt).rejects.toThrow(/breaks\.sql.*division by zero/);
    expect(await describeSchema(migrator)).toEqual(before);
    expect(await migrator`select from schema_migrations where name like '%breaks'`).toHaveLength(0);

    copy.write("20991231_2359-breaks", "create table half (id integer);");
    await migrate({ product: bestays, migrationUrl, folder: copy.folder });
    expect(await describeSchema(migrator)).not.toEqual(before);
  });

  it("names the line of a mistake", async () => {
    const { migrationUrl } = await create(bestays);
    using copy = copyFolder(bestays);
    copy.write("20991231_2359-breaks", "select 1;\nselect 2;\ncreate tabel half (id integer);");
    await expect(migrate({ product: bestays, migrationUrl, folder: copy.folder })).rejects.toThrow(/breaks\.sql:3: /);
  });

  it("gives up on a table that a reader holds, names it, and lets other readers wait no longer than its timeout", async () => {
    const { migrationUrl, migrator, runtime, urlAs } = await create(bestays);
    await migrate({ product: bestays, migrationUrl, folder: folderOf(bestays) });
    const before = await describeSchema(migrator);
    using copy = copyFolder(bestays);
    copy.write("20991231_2359-blocked", "alter table properties add column colour text;");
    const other = open(urlAs(bestays.runtimeRole));
    await other`select 1`;
    const lines: string[] = [];

    await runtime.begin(async (reader) => {
      const [holder] = await reader`select pg_backend_pid() as pid from properties right join (select 1) one on true`;
      const attempt = migrate({
        product: bestays,
        migrationUrl,
        folder: copy.folder,
        lockTimeoutMs: 600,
        backOffMs: [300, 300],
        log: (line) => lines.push(line),
      });
      let isOver = false;
      const refusal = attempt.then(
        () => undefined,
        (error) => error,
      );
      refusal.then(() => {
        isOver = true;
      });
      const waits: number[] = [];
      while (!isOver) {
        const started = performance.now();
        await other`select count(*) from properties`;
        waits.push(performance.now() - started);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect(await refusal).toMatchObject({
        message: expect.stringMatching(
          new RegExp(
            `blocked\\.sql: gave up after 3 attempts in [\\d.]+ s, because pid ${holder?.pid} \\(.*\\) holds AccessShareLock on properties \\(55P03\\)`,
          ),
        ),
        next: expect.stringMatching(/Nothing of this migration was done.*again/),
      });
      // Some did queue behind the waiting ALTER TABLE, and were let through when it stood back.
      expect(Math.max(...waits)).toBeGreaterThan(100);
      // All three together would be more than 2.4 s.
      expect(Math.max(...waits)).toBeLessThan(1_700);
    });
    expect(lines.filter((line) => line.includes("waits for a lock"))).toHaveLength(2);
    expect(await describeSchema(migrator)).toEqual(before);
  });

  it("is tried again when the lock comes free", async () => {
    const { migrationUrl, runtime } = await create(bestays);
    await migrate({ product: bestays, migrationUrl, folder: folderOf(bestays) });
    using copy = copyFolder(bestays);
    copy.write("20991231_2359-waits", "alter table properties add column colour text;");

    let attempt: Promise<unknown> | undefined;
    await runtime.begin(async (reader) => {
      await reader`select count(*) from properties`;
      attempt = migrate({
        product: bestays,
        migrationUrl,
        folder: copy.folder,
        lockTimeoutMs: 50,
        backOffMs: [200, 400, 800, 1_600],
      });
      await reader`select pg_sleep(0.4)`;
    });
    await attempt;
  });

  it("is not applied when its session ends on the way, and those before it stay applied", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    using copy = copyFolder(bestays);
    copy.write("20991231_2358-before", "create table early (id integer);");
    copy.write("20991231_2359-ends", "create table late (id integer); select pg_terminate_backend(pg_backend_pid());");
    await expect(migrate({ product: bestays, migrationUrl, folder: copy.folder })).rejects.toThrow(/ends\.sql/);
    expect(await migrator`select name from schema_migrations where name like '2099%'`).toEqual([
      { name: "20991231_2358-before" },
    ]);
    expect(await migrator`select to_regclass('early')::text as early, to_regclass('late')::text as late`).toEqual([
      { early: "early", late: null },
    ]);
  });

  it("is not even begun by a session that does not hold the lock", async () => {
    const { migrator, migrationUrl } = await create(bestays);
    const folder = folderOf(bestays);
    const script = upOf(readFolder(folder)[0] as Migration);
    const options = applyOptions({ product: bestays, migrationUrl, folder, backOffMs: [] });
    await expect(applyScript(migrator, script, "fresh", options)).rejects.toThrow(/the connection was lost/);
    expect(await describeSchema(migrator)).toEqual([]);
  });
});

describe("whose database it is", () => {
  it("is the marker's word: another product's is refused, and nothing is written", async () => {
    const theirs = await create(realestate);
    await migrate({ product: realestate, migrationUrl: theirs.migrationUrl, folder: folderOf(realestate) });
    const before = [await describeSchema(theirs.migrator), await theirs.migrator`select * from schema_migrations`];
    using copy = copyFolder(bestays);
    copy.write("20991231_2359-never", "create table never (id integer);");

    const attempt = migrate({ product: bestays, migrationUrl: theirs.migrationUrl, folder: copy.folder });
    await expect(attempt).rejects.toThrow(/belongs to realestate, not to bestays/);
    expect([await describeSchema(theirs.migrator), await theirs.migrator`select * from schema_migrations`]).toEqual(
      before,
    );
  });

  it("is not guessed for a database that has tables and no marker", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    await migrator`create table somebodys (id integer)`;
    await expect(migrate({ product: bestays, migrationUrl, folder: folderOf(bestays) })).rejects.toThrow(/no marker/);
    expect(await migrator`select to_regclass('app_meta') as marker`).toEqual([{ marker: null }]);
  });

  it.each(["realestate_db_test_other", "bestays_dbx", "scratch"])(
    "is not claimed by an empty database called %s",
    async (name) => {
      const { migrationUrl, migrator } = await create(bestays, name);
      await expect(migrate({ product: bestays, migrationUrl, folder: folderOf(bestays) })).rejects.toThrow(/name/);
      expect(await describeSchema(migrator)).toEqual([]);
    },
  );

  it("cannot be asked of a server that is away, and the answer holds no password", async () => {
    const migrationUrl = "postgres://bestays_migrator:hunter2@127.0.0.1:1/bestays_db";
    const attempt = migrate({ product: bestays, migrationUrl, folder: folderOf(bestays) });
    await expect(attempt).rejects.toThrow(/^The database of bestays cannot be opened \(ECONNREFUSED\)\.$/);
  });
});

describe("the runtime role", () => {
  const prepare = async () => {
    const database = await create(bestays);
    await migrate({ product: bestays, migrationUrl: database.migrationUrl, folder: folderOf(bestays) });
    return database;
  };
  const denied = /permission denied|must be owner/;

  it("has the declared rights and no others, on every table", async () => {
    const { superuser } = await prepare();
    const rows = await superuser<{ name: string; privileges: string[] }[]>`
      select c.relname as name, array(
        select p from unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER','MAINTAIN']) p
        where has_table_privilege('bestays_user', c.oid, p)) as privileges
      from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'`;
    const declared = (name: string) => (Object.hasOwn(grants, name) ? grants[name] : []);
    expect(rows.map(({ name, privileges }) => [name, privileges])).toEqual(
      rows.map(({ name }) => [name, declared(name)]),
    );
    expect(rows.filter(({ privileges }) => privileges.length > 0).length).toBeGreaterThan(5);
  });

  it("cannot run DDL, in any schema", async () => {
    const { runtime } = await prepare();
    for (const statement of [
      "create table mine (id integer)",
      "create schema mine",
      "create temporary table mine (id integer)",
      "alter table users add column colour text",
      "drop table users",
      "create function mine() returns integer language sql as 'select 1'",
      "alter sequence users_id_seq restart",
    ])
      await expect(runtime.unsafe(statement), statement).rejects.toThrow(denied);
  });

  it("adds to the audit log and cannot change what it says", async () => {
    const { runtime } = await prepare();
    await runtime`insert into audit_logs (id, actor_type, action, entity) values (uuidv7(), 'system', 'started', 'app')`;
    for (const statement of ["update audit_logs set action = 'x'", "delete from audit_logs", "truncate audit_logs"])
      await expect(runtime.unsafe(statement)).rejects.toThrow(denied);
  });

  it("cannot touch marker or ledger", async () => {
    const { runtime } = await prepare();
    for (const statement of ["update app_meta set product_id = 'realestate'", "delete from schema_migrations"])
      await expect(runtime.unsafe(statement)).rejects.toThrow(denied);
  });

  it("loses what somebody granted by hand at the next run", async () => {
    const { runtime, migrator, migrationUrl } = await prepare();
    await migrator`grant all on audit_logs to bestays_user`;
    await migrator`grant update (product_id) on app_meta to public`;
    await migrator`grant create on schema public to bestays_user`;
    await migrate({ product: bestays, migrationUrl, folder: folderOf(bestays) });
    for (const statement of ["delete from audit_logs", "update app_meta set product_id = 'x'", "create table mine ()"])
      await expect(runtime.unsafe(statement)).rejects.toThrow(denied);
  });

  it("keeps its rights when a migrator that lost the lock would set them", async () => {
    const { migrator } = await prepare();
    const older = { ...grants, audit_logs: ["SELECT"] as const };
    await expect(applyGrants(migrator, bestays.runtimeRole, older)).rejects.toMatchObject({
      name: "OpsError",
      message: expect.stringContaining("The connection was lost"),
    });
    expect(await areGranted(migrator, bestays.runtimeRole)).toBe(true);
    await takeLock(migrator, 0);
    expect(await applyGrants(migrator, bestays.runtimeRole, older)).toBe(true);
  });

  it("of the other product cannot even connect", async () => {
    const { urlAs } = await prepare();
    const attempt = migrate({
      product: realestate,
      migrationUrl: urlAs("realestate_migrator"),
      folder: folderOf(realestate),
    });
    await expect(attempt).rejects.toThrow(/cannot be opened \(42501\)/);
  });

  it("is asked for by name when nobody provisioned it", async () => {
    const { migrationUrl } = await create(bestays);
    const product = { ...bestays, runtimeRole: "nobody_user" };
    await expect(migrate({ product, migrationUrl, folder: folderOf(bestays) })).rejects.toThrow(
      /nobody_user does not exist/,
    );
  });
});
