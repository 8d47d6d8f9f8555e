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
    const { run, sql, superuser } = await byHand(3);
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
    expect(report).toMatchObject({ state: "differs", alembic: "3f2a91bd", closest: migrations[2]?.name });
    expect(await tablesIn(sql)).toEqual([{ marker: null, ledger: null }]); // listed, and never run
    const conversion = report.conversion.join("\n");
    for (const line of [
      'ALTER TABLE users RENAME CONSTRAINT "uq_users_clerk" TO "users_clerk_user_id_key";',
      'ALTER INDEX ix_users_email RENAME TO "users_email_idx";',
      "If it is full_name under another name",
      "DROP TABLE alembic_version;",
      "AT TIME ZONE 'UTC'",
    ])
      expect(conversion).toContain(line);

    await superuser.unsafe("update users set is_active = true");
    await superuser.unsafe(conversion);
    expect((await run(false)).differences.map(sentenceOf)).toEqual([]);
    expect(await run(true)).toMatchObject({ state: "adopted", pending: [], alembic: null });
    const users = await sql`insert into users (clerk_user_id) values ('user_c') returning id, role`;
    expect(users).toEqual([{ id: 3, role: "user" }]);
    expect(await sql`select count(*)::int as users from users`).toEqual([{ users: 3 }]);
  });
});
