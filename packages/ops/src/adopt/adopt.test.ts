import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { bestays, realestate } from "@whitelabel/shared-config";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sentenceOf } from "../drift/compare-catalogs.ts";
import { findDriftWith } from "../drift/drift.ts";
import { type ScratchServer, scratchServer } from "../drift/expected-schema.ts";
import { type Server, startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { migrate } from "../migrate/migrate.ts";
import { readFolder } from "../migrate/read-folder.ts";
import { folderOf } from "../migrate/test-databases.ts";
import { adopt } from "./adopt.ts";
import { writeMark } from "./mark.ts";

let server: Server;
let scratch: ScratchServer;
const clients: Sql[] = [];
beforeAll(async () => {
  server = await startThrowawayPostgres();
  scratch = scratchServer(server.superuserUrl);
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
  await server.stop();
});

const folder = folderOf(bestays);
const migrations = readFolder(folder);
const script = path.resolve(import.meta.dirname, "../../../../scripts/db-adopt.ts");

/** A database that somebody made by hand, with what the first migrations say. */
async function byHand(count: number) {
  const { migrationUrl } = await scratch.create(bestays);
  const open = (url: string) => {
    const client = postgres(url, { max: 1, onnotice: () => {} });
    clients.push(client);
    return client;
  };
  const sql = open(migrationUrl);
  for (const migration of migrations.slice(0, count)) await sql.unsafe(migration.sql).simple();
  const asSuperuser = new URL(server.superuserUrl);
  asSuperuser.pathname = new URL(migrationUrl).pathname;
  const run = (yes: boolean) =>
    adopt({ product: bestays, migrationUrl, folder, server: scratch, agree: async () => yes });
  return { migrationUrl, sql, superuser: open(asSuperuser.href), run };
}

const tablesIn = (sql: Sql) =>
  sql`select to_regclass('app_meta') as marker, to_regclass('schema_migrations') as ledger`;

const alembicIn = (sql: Sql) =>
  sql.unsafe(`
    create table alembic_version (version_num varchar(32) primary key);
    insert into alembic_version values ('x1')`);

/** The conversion of a person who has looked at what it loses and wants it so. */
const agreed = (conversion: readonly string[]) =>
  conversion.join("\n").replace(/^-- (?:After .*: )?((?:DROP|ALTER TABLE \S+ DROP COLUMN) )/gm, "$1");

describe("db:adopt", () => {
  it("marks what is there as applied, up to where the schema is, and the runner does the rest", async () => {
    const { run, sql, migrationUrl } = await byHand(2);
    await sql`insert into users (clerk_user_id) values ('user_a')`;
    const names = migrations.map(({ name }) => name);
    const expected = {
      closest: names[1],
      marked: names.slice(0, 2),
      pending: names.slice(2),
      differences: [],
      alembic: null,
    };

    expect(await run(false)).toMatchObject({ ...expected, state: "matches" });
    expect(await tablesIn(sql)).toEqual([{ marker: null, ledger: null }]);
    expect(await run(true)).toMatchObject({ ...expected, state: "adopted" });
    const rows = await sql`select name, sha256 from schema_migrations order by name`;
    expect(rows).toEqual(migrations.slice(0, 2).map(({ name, sha256 }) => ({ name, sha256 })));
    expect(await run(true)).toMatchObject({ state: "already" });

    const report = await migrate({ product: bestays, migrationUrl, folder });
    expect(report.applied.map(({ name }) => name)).toEqual(names.slice(2));
    const target = { name: "bestays", product: bestays, migrationUrl, folder };
    expect((await findDriftWith(scratch, [target])).reports).toMatchObject([{ differences: [], pending: [] }]);
    expect(await sql`select clerk_user_id from users`).toEqual([{ clerk_user_id: "user_a" }]);
  });

  it("refuses one that differs, names each difference, and writes nothing", async () => {
    const { run, sql } = await byHand(3);
    await sql.unsafe("alter table users add nickname text; drop index users_email_idx");
    const report = await run(true);
    expect(report).toMatchObject({ state: "differs", closest: migrations[2]?.name, marked: [] });
    expect(report.differences.map(sentenceOf)).toEqual([
      "column users.nickname should not be there: text",
      expect.stringMatching(/^index users_email_idx is missing/),
    ]);
    expect(await tablesIn(sql)).toEqual([{ marker: null, ledger: null }]);
  });

  it("refuses an empty database, another product's, and one called like another product's", async () => {
    const { run } = await byHand(0);
    await expect(run(true)).rejects.toThrow(/is empty/);
    const other = await scratch.create(realestate);
    await migrate({ product: realestate, folder: folderOf(realestate), migrationUrl: other.migrationUrl });
    const asBestays = {
      product: bestays,
      migrationUrl: other.migrationUrl,
      folder,
      server: scratch,
      agree: async () => true,
    };
    await expect(adopt(asBestays)).rejects.toThrow(/belongs to realestate/);
    const unmarked = postgres(other.migrationUrl, { max: 1 });
    await unmarked`drop table app_meta`;
    await unmarked.end();
    await expect(adopt(asBestays)).rejects.toThrow(/called like a database of realestate/);
  });

  it("knows one kept by Alembic, and lists the SQL that converts it, which then can be adopted with its rows", async () => {
    const { run, sql, superuser } = await byHand(migrations.length);
    await sql`insert into users (clerk_user_id, role) values ('user_a', 'agent'), ('user_b', 'user')`;
    await sql.unsafe(`
      create table alembic_version (version_num varchar(32) primary key);
      insert into alembic_version values ('3f2a91bd');
      create table legacy (id serial primary key, note text);
      alter table users alter id drop identity;
      create sequence users_id_seq owned by users.id;
      alter table users alter id set default nextval('users_id_seq');
      create type user_role as enum ('user', 'agent', 'admin');
      alter table users drop constraint users_role_check, alter role drop default;
      alter table users alter role type user_role using role::user_role;
      alter table users alter role set default 'user';
      drop trigger touch_row on users;
      alter table users alter created_at type timestamp, alter clerk_user_id type varchar(255), alter is_active drop not null;
      alter table users drop column display_name, add column full_name text;
      alter table users rename constraint users_clerk_user_id_key to uq_users_clerk;
      alter index users_email_idx rename to ix_users_email;
      drop index properties_facets_idx;
      alter table properties drop constraint properties_created_by_users_id_fk;
      create index ix_users_role on users (role);
      create or replace function touch_row() returns trigger language plpgsql as 'begin return new; end';
      drop table policy_translations;
    `);
    await superuser.unsafe("drop extension unaccent; alter table amenities owner to postgres");
    const report = await run(true);
    expect(report).toMatchObject({ state: "differs", alembic: "3f2a91bd", closest: migrations.at(-1)?.name });
    expect(await tablesIn(sql)).toEqual([{ marker: null, ledger: null }]); // listed, and never run
    const conversion = report.conversion.join("\n");
    for (const line of [
      'ALTER TABLE users RENAME CONSTRAINT "uq_users_clerk" TO "users_clerk_user_id_key";',
      'ALTER INDEX ix_users_email RENAME TO "users_email_idx";',
      "If it is full_name under another name",
      "-- Loses all that is in legacy. Keep what is needed of it first; then it is:\n-- DROP TABLE legacy;",
      '-- Loses all that is in users.full_name. Keep what is needed of it first; then it is:\n-- ALTER TABLE users DROP COLUMN "full_name";',
      "AT TIME ZONE 'UTC'",
    ])
      expect(conversion).toContain(line);

    await superuser.unsafe("update users set is_active = true");
    expect(conversion).not.toContain("alembic_version");
    await superuser.unsafe(conversion);
    const left = await run(false);
    expect(left.differences.map(sentenceOf)).toEqual([
      "column users.full_name should not be there: text",
      expect.stringMatching(/^sequence legacy_id_seq should not be there/),
      "table legacy should not be there",
    ]);
    await superuser.unsafe(agreed(left.conversion));
    expect((await run(false)).differences.map(sentenceOf)).toEqual([]);
    expect(await run(true)).toMatchObject({ state: "adopted", pending: [], alembic: "3f2a91bd" });
    const users = await sql`insert into users (clerk_user_id) values ('user_c') returning id, role`;
    expect(users).toEqual([{ id: 3, role: "user" }]);
    expect(await sql`select count(*)::int as users from users`).toEqual([{ users: 3 }]);
  });

  it("takes an exact schema with Alembic's table in it, and leaves that table as it is", async () => {
    const { run, sql, migrationUrl } = await byHand(migrations.length);
    await alembicIn(sql);
    expect(await run(true)).toMatchObject({ state: "adopted", alembic: "x1", differences: [], pending: [] });
    const target = { name: "bestays", product: bestays, migrationUrl, folder };
    const { reports } = await findDriftWith(scratch, [target], { without: ["comment"] });
    expect(reports).toMatchObject([{ differences: [], has_alembic_table: true }]);
    expect(await sql`select version_num from alembic_version`).toEqual([{ version_num: "x1" }]);
  });

  it("converts a smaller table of the same name with its rows, and drops nothing that holds data", async () => {
    const { run, sql } = await byHand(0);
    await alembicIn(sql);
    await sql.unsafe(`
      create type mood as enum ('calm');
      create table users (id serial primary key, clerk_user_id varchar(255) not null, email varchar, name varchar, mood mood);
      create table guests (id serial primary key, note text unique);
      create index guests_note_idx on guests (note);
      insert into users (clerk_user_id, name) values ('user_a', 'Ada');
      insert into guests (note) values ('early');
    `);
    const report = await run(true);
    expect(report).toMatchObject({ state: "differs", closest: migrations[0]?.name, marked: [] });
    expect(report.conversion.join("\n")).not.toMatch(/^(?!--).*DROP (TABLE|COLUMN|TYPE)/m);

    await sql.unsafe(report.conversion.join("\n"));
    expect(await sql`select id, clerk_user_id, name, role from users`).toEqual([
      { id: 1, clerk_user_id: "user_a", name: "Ada", role: "user" },
    ]);
    expect(await sql`select note from guests`).toEqual([{ note: "early" }]);
    await sql.unsafe(agreed((await run(false)).conversion));
    expect(await run(true)).toMatchObject({ state: "adopted", marked: [migrations[0]?.name], differences: [] });
  });

  it("refuses another tool's schema_migrations and app_meta, and says what to do", async () => {
    const { run, sql } = await byHand(migrations.length);
    await sql`create table schema_migrations (version text primary key)`;
    await expect(run(true)).rejects.toMatchObject({
      name: "OpsError",
      message: expect.stringContaining("has a table schema_migrations, and no app_meta"),
      next: expect.stringContaining("pg_dump --table=schema_migrations"),
    });
    await sql.unsafe("drop table schema_migrations; create table app_meta (key text)");
    const oddMarker = { name: "OpsError", message: expect.stringContaining("app_meta that names no product") };
    await expect(run(true)).rejects.toMatchObject(oddMarker);
    await sql.unsafe("drop table app_meta; create table app_meta (product_id text)");
    await expect(run(true)).rejects.toMatchObject(oddMarker);
    await sql`drop table app_meta`;
    expect(await run(true)).toMatchObject({ state: "adopted" });
  });

  it("writes nothing in a session that has lost the migration lock", async () => {
    const { sql } = await byHand(migrations.length);
    await expect(writeMark(sql, bestays, migrations)).rejects.toMatchObject({
      name: "OpsError",
      cause: expect.objectContaining({ message: expect.stringContaining("the migration lock") }),
    });
    expect(await tablesIn(sql)).toEqual([{ marker: null, ledger: null }]);
  });

  it("says of one that is kept already that nothing was written, and exits with 0", async () => {
    const { migrationUrl } = await scratch.create(bestays);
    await migrate({ product: bestays, migrationUrl, folder });
    const { stdout } = await promisify(execFile)(process.execPath, [script, "bestays"], {
      env: { PATH: process.env.PATH, NO_COLOR: "1", BESTAYS_MIGRATION_DATABASE_URL: migrationUrl },
    });
    expect(stdout).toMatch(/✓ already kept/);
    expect(stdout).toContain("already kept by this system. Nothing was written");
  });
});
