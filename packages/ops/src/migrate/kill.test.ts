import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { bestays } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import { describeSchema, makeFolder, useDatabases } from "./test-databases.ts";

const databases = useDatabases();
const children: ChildProcess[] = [];
afterAll(() => children.map((child) => child.kill("SIGKILL")));

/** Before each statement and before the ledger's row: a gate that the test holds shut. */
const gate = (n: number) => `select pg_advisory_xact_lock_shared(7, ${n});\n`;
const gated = (first: number, statements: string[]) =>
  statements.map((statement, index) => `${gate(first + index)}${statement};\n`).join("") +
  gate(first + statements.length);

const one = gated(1, [
  "create table guests_of_trees (id integer primary key, size integer)",
  "insert into guests_of_trees select n, n from generate_series(1, 100) n",
  "alter table guests_of_trees add column colour text not null default 'green'",
  "create index trees_size on guests_of_trees (size)",
]);
const two = gated(6, [
  "create table birds (id integer primary key, tree_id integer references guests_of_trees)",
  "create function sing() returns trigger language plpgsql as $$ begin return new; end; $$",
  "create trigger sings before update on birds for each row execute function sing()",
  "alter table guests_of_trees drop column size",
]);
/** All at night; in each run the first statement of each file, one further on, and the ledger's row. */
const gates = process.env.NIGHTLY === "1" ? Array.from({ length: 10 }, (_, index) => index + 1) : [1, 3, 5, 6, 8, 10];
const names = ["20270101_0001-trees", "20270101_0002-birds"];
const patient = { lockTimeoutMs: 60_000, product: bestays };
const makeGatedFolder = () => makeFolder({ "20270101_0001-trees": one, "20270101_0002-birds": two });

type Stage = { n: number; sql: Sql; migrationUrl: string };

/** A database for each gate, the gate shut. */
async function shutGates(): Promise<Stage[]> {
  const copies = await databases.createCopies(bestays, gates.length);
  return Promise.all(
    copies.map(async ({ migrationUrl }, index) => {
      const n = gates[index] ?? 0;
      const sql = databases.open(migrationUrl);
      await sql`select pg_advisory_lock(7, ${n}::int)`;
      return { n, sql, migrationUrl };
    }),
  );
}

const waiting = (sql: Sql, n: number) =>
  sql<
    { pid: number }[]
  >`select pid from pg_locks where locktype = 'advisory' and classid = 7 and objid = ${n} and not granted
    and database = (select oid from pg_database where datname = current_database())`;

const reached = ({ sql, n }: Stage) =>
  expect.poll(async () => (await waiting(sql, n)).length, { timeout: 30_000, interval: 30 }).toBe(1);

/** The schema with no, one and two migrations, from a run that nobody disturbed. */
async function references(folder: string): Promise<string[][]> {
  const { migrationUrl, migrator } = await databases.create(bestays);
  const states: string[][] = [];
  using empty = makeFolder();
  await migrate({ ...patient, migrationUrl, folder: empty.folder });
  states.push(await describeSchema(migrator));
  for (const to of names) {
    await migrate({ ...patient, migrationUrl, folder, to });
    states.push(await describeSchema(migrator));
  }
  return states;
}

async function expectBeforeThenFinish({ n, sql, migrationUrl }: Stage, folder: string, states: string[][]) {
  const applied = n <= 5 ? 0 : 1;
  expect(await describeSchema(sql), `gate ${n}`).toEqual(states[applied]);
  expect((await sql`select name from schema_migrations`).map(({ name }) => name)).toEqual(names.slice(0, applied));

  await sql`select pg_advisory_unlock_all()`;
  const report = await migrate({ ...patient, migrationUrl, folder });
  expect(report.applied.map(({ name }) => name)).toEqual(names.slice(applied));
  expect(await describeSchema(sql)).toEqual(states[2]);
  expect(await sql`select count(*)::int as trees from guests_of_trees`).toEqual([{ trees: 100 }]);
}

/** A migrator in a process of its own, for some databases at once. */
function startMigrator(migrationUrls: readonly string[], folder: string): ChildProcess {
  const load = (file: string) => JSON.stringify(path.join(import.meta.dirname, file));
  const code = `
    const { bestays } = await import("@whitelabel/shared-config");
    const { migrate } = await import(${load("migrate.ts")});
    const { migrationUrls, folder } = JSON.parse(process.env.OPTIONS);
    const run = (migrationUrl) => migrate({ product: bestays, lockTimeoutMs: 60_000, migrationUrl, folder });
    await Promise.all(migrationUrls.map(run));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    cwd: import.meta.dirname,
    env: { ...process.env, OPTIONS: JSON.stringify({ migrationUrls, folder }) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  children.push(child);
  return child;
}

describe("a migration of eight statements in two files", () => {
  it("is before or after when its process is killed at any of them, and the next run finishes it", async () => {
    using made = makeGatedFolder();
    const states = await references(made.folder);
    const stages = await shutGates();
    const urls = stages.map(({ migrationUrl }) => migrationUrl);
    const child = startMigrator(urls, made.folder);
    await Promise.all(stages.map(reached));
    child.kill("SIGKILL");
    await once(child, "exit");

    for (const stage of stages) {
      // The gate stays shut until the server has noticed by itself that nobody is there any more.
      await expect.poll(async () => (await waiting(stage.sql, stage.n)).length, { timeout: 10_000 }).toBe(0);
      await expectBeforeThenFinish(stage, made.folder, states);
    }
  }, 60_000);

  it.each([
    ["one of its server processes is", async (pid: number) => void process.kill(pid, "SIGKILL")],
    [
      "the whole server is",
      async () => {
        await databases.server.kill();
        await databases.server.restart();
      },
    ],
  ])(
    "is before or after when %s killed at any of them, and the next run finishes it",
    async (_, kill) => {
      using made = makeGatedFolder();
      const states = await references(made.folder);
      const stages = await shutGates();
      const runs = stages.map(({ migrationUrl }) => migrate({ ...patient, migrationUrl, folder: made.folder }));
      const ends = Promise.all(runs.map((run) => run.catch((error: Error) => error.message)));
      await Promise.all(stages.map(reached));

      const [victim] = await waiting((stages[0] as Stage).sql, 1);
      await kill(victim?.pid as number);
      for (const end of await ends) expect(end).toMatch(/connection was lost/);
      for (const stage of stages) {
        const answers = () => stage.sql`select 1`.then(() => true).catch(() => false);
        await expect.poll(answers, { timeout: 20_000 }).toBe(true);
        await expectBeforeThenFinish(stage, made.folder, states);
      }
    },
    60_000,
  );
});

describe("an index built outside a transaction", () => {
  it.each(["migrator", "server"])(
    "is rebuilt by the next run when the %s is killed in the middle",
    async (victim) => {
      const { migrationUrl, migrator } = await databases.create(bestays);
      using made = makeFolder({ "20270101_0001-things": "create table things (size integer);" });
      await migrate({ ...patient, migrationUrl, folder: made.folder });
      await migrator`insert into things select generate_series(1, 1000)`;
      made.write("20270101_0002-index", "-- no-transaction\ncreate index concurrently things_size on things (size);");
      const index = () =>
        migrator`select indisvalid as is_valid from pg_index where indexrelid = to_regclass('things_size')`;

      const blocker = databases.open(migrationUrl);
      await blocker`begin; update things set size = 0 where size = 1`.simple();
      const child = startMigrator([migrationUrl], made.folder);
      const builders = () => migrator`
      select pid from pg_stat_progress_create_index where datname = current_database() and phase like 'waiting%'`;
      await expect.poll(async () => (await builders()).length, { timeout: 20_000 }).toBe(1);
      child.kill("SIGKILL");
      await once(child, "exit");
      if (victim === "server") {
        await databases.server.kill();
        await databases.server.restart();
      }
      await expect.poll(async () => (await builders().catch(() => [1])).length, { timeout: 20_000 }).toBe(0);
      expect(await index()).toEqual([{ is_valid: false }]);
      if (victim !== "server") await blocker`rollback`;

      const { warnings } = await migrate({ ...patient, migrationUrl, folder: made.folder });
      expect(warnings).toEqual([expect.stringContaining("not finished; it goes on")]);
      expect(await index()).toEqual([{ is_valid: true }]);
    },
    60_000,
  );
});
