import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bestays, type Product, products, realestate } from "@whitelabel/shared-config";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { migrate } from "../migrate/migrate.ts";
import { readFolder } from "../migrate/read-folder.ts";
import { folderOf } from "../migrate/test-databases.ts";
import { sentenceOf } from "./compare-catalogs.ts";
import { findDrift, findDriftWith } from "./drift.ts";
import { expectFresh, type ScratchServer, scratchServer } from "./expected-schema.ts";

let server: Server;
let databases: ScratchServer;
const clients: Sql[] = [];
beforeAll(async () => {
  server = await startThrowawayPostgres();
  databases = scratchServer(server.superuserUrl);
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
  await server.stop();
});

const migrations = readFolder(folderOf(bestays));

async function live(
  product: Product,
  { folder = folderOf(product), to }: { folder?: string; to?: string | undefined } = {},
) {
  const { migrationUrl } = await databases.create(product);
  await migrate({ product, migrationUrl, folder, to });
  const open = (url: string) => {
    const client = postgres(url, { max: 1, onnotice: () => {} });
    clients.push(client);
    return client;
  };
  const asSuperuser = new URL(server.superuserUrl);
  asSuperuser.pathname = new URL(migrationUrl).pathname;
  return {
    target: { name: product.id, product, migrationUrl, folder },
    sql: open(migrationUrl),
    superuser: open(asSuperuser.href),
  };
}

describe("drift", () => {
  it("is none where only migrations made the schema, in any order of columns and on any product", async () => {
    const all = await Promise.all(products.map((product) => live(product)));
    await all[0]?.sql.unsafe(
      "alter table users drop column display_name; alter table users add column display_name text",
    );
    const { reports, pairs } = await findDrift(all.map(({ target }) => target));
    for (const report of reports) expect(report).toMatchObject({ differences: [], pending: [], error: undefined });
    expect(pairs).toHaveLength(products.length - 1);
    for (const pair of pairs) expect(pair).toMatchObject({ differences: [], pending: [] });
  });

  it("names each object that was changed by hand, against the migrations and against the other product", async () => {
    const { sql, superuser, target } = await live(bestays);
    await sql.unsafe(`
      alter table users add column nickname text;
      alter table users drop column display_name;
      alter table users alter column role drop default;
      alter table users alter column is_active drop not null;
      alter table amenities alter column position type bigint;
      alter table properties drop constraint properties_title_check;
      alter table properties add constraint properties_tags_small check (jsonb_array_length(tags) < 9) not valid;
      drop index properties_facets_idx;
      create index users_role_idx on users (role);
      drop trigger touch_row on policies;
      alter table amenities disable trigger touch_row;
      create or replace function touch_row() returns trigger language plpgsql as 'begin return new; end';
      create table scribbles (id integer primary key, note text);
      create view active_users as select id from users;
      create sequence tickets;
      create type mood as enum ('good', 'bad');
      grant delete on users to ${bestays.runtimeRole};
      revoke insert on audit_logs from ${bestays.runtimeRole};
      grant select (email) on users to public;
      drop table policy_translations;
      comment on table users is 'changed';
    `);
    await superuser.unsafe("create extension citext; create extension postgres_fdw; create schema attic");
    await superuser.unsafe(
      "create role analyst; grant select on properties to analyst; create server core foreign data wrapper postgres_fdw",
    );
    const other = await live(realestate);

    const { reports, pairs } = await findDriftWith(databases, [target, other.target]);
    const found = reports[0]?.differences.map(sentenceOf) ?? [];
    for (const sentence of [
      /^column users\.nickname should not be there: text$/,
      /^column users\.display_name is missing: text$/,
      /^column users\.role: default is none and should be 'user'::text$/,
      /^column users\.is_active: nullability is null and should be not null$/,
      /^column amenities\.position: type is bigint and should be integer$/,
      /^constraint properties\.properties_title_check is missing/,
      /^constraint properties\.properties_tags_small should not be there: .*NOT VALID$/,
      /^index properties_facets_idx is missing/,
      /^index users_role_idx should not be there/,
      /^trigger policies\.touch_row is missing/,
      /^trigger amenities\.touch_row: state is disabled and should be enabled$/,
      /^function touch_row\(\): definition is /,
      /^table scribbles should not be there$/,
      /^table policy_translations is missing$/,
      /^view active_users should not be there/,
      /^sequence tickets should not be there/,
      /^type mood should not be there: enum good, bad$/,
      /^grant users to the runtime role: privileges is delete, insert, select, update and should be insert, select, update$/,
      /^grant audit_logs to the runtime role: privileges is select and should be insert, select$/,
      /^grant users\.email to everybody should not be there: select$/,
      /^grant properties to analyst should not be there: select$/,
      /^extension citext should not be there/,
      /^schema attic should not be there/,
      /^server core should not be there/,
    ])
      expect(
        found.filter((line) => sentence.test(line)),
        String(sentence),
      ).toHaveLength(1);
    // A table says it all: neither its columns nor its keys are listed.
    expect(found.filter((line) => /scribbles|policy_translations/.test(line))).toHaveLength(2);
    expect(found.filter((line) => line.startsWith("comment"))).toHaveLength(1);
    expect(reports[1]).toMatchObject({ differences: [], error: undefined });
    // Compared with each other, the same differences, seen from the other side.
    expect(pairs[0]?.differences.length).toBe(reports[0]?.differences.length);
    expect(
      (await findDriftWith(databases, [target], { without: ["comment"] })).reports[0]?.differences.map(sentenceOf),
    ).toEqual(found.filter((line) => !line.startsWith("comment")));
  });

  it("is not what is merely pending; but two products differ by it, and are told so", async () => {
    const listings = migrations.findIndex(({ sql }) => sql.includes('CREATE TABLE "properties"'));
    const pending = migrations.slice(listings + 1).map(({ name }) => name);
    const behind = await live(bestays, { to: migrations[listings]?.name });
    const { target } = await live(realestate);
    const { reports, pairs } = await findDriftWith(databases, [behind.target, target]);
    expect(reports[0]).toMatchObject({ differences: [], pending });
    expect(pairs[0]?.differences.map(sentenceOf)).toContain("table audit_logs should not be there");
    expect(pairs[0]?.pending).toEqual(pending.map((name) => `${name} in bestays`));
  });

  it("is not what a product-only migration explains", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "whitelabel-drift-"));
    cpSync(folderOf(realestate), folder, { recursive: true });
    writeFileSync(
      path.join(folder, "20990101_0900-only_here.sql"),
      "-- product-only realestate: a test\n-- irreversible: a test\ncreate table only_here (id integer primary key);\n",
    );
    const [one, other] = await Promise.all([live(bestays), live(realestate, { folder })]);
    expect((await findDriftWith(databases, [one.target, other.target])).pairs).toMatchObject([{ differences: [] }]);
    await other.sql`alter table only_here add column code text`;
    const { reports, pairs } = await findDriftWith(databases, [one.target, other.target]);
    expect(reports[1]?.differences.map(sentenceOf)).toEqual(["column only_here.code should not be there: text"]);
    expect(pairs[0]?.differences).toEqual([]); // the table is the product's own; that it drifted is said above
    rmSync(folder, { recursive: true });
  });

  it("is not what Alembic left, which is told once beside it", async () => {
    const { target, sql } = await live(bestays);
    const other = await live(realestate);
    await sql.unsafe(`
      create table alembic_version (version_num varchar(32) constraint alembic_version_pkc primary key);
      grant select on alembic_version to public; comment on table alembic_version is 'old'`);
    const { reports, pairs } = await findDriftWith(databases, [target, other.target]);
    expect(reports).toMatchObject([
      { differences: [], has_alembic_table: true },
      { differences: [], has_alembic_table: false },
    ]);
    expect(pairs).toMatchObject([{ differences: [] }]);
    await sql`create table alembic_version_old (id integer)`;
    expect((await findDriftWith(databases, [target])).reports[0]?.differences.map(sentenceOf)).toEqual([
      "table alembic_version_old should not be there",
    ]);
  });

  it("is never looked for on a server that products live on", async () => {
    await live(bestays);
    await expect(expectFresh(server.superuserUrl)).rejects.toThrow(/bestays_migrator.*nothing was changed/);
  });

  it("of one that cannot be read is said of that one alone", async () => {
    const { target } = await live(bestays);
    const away = { ...target, name: "away", migrationUrl: "postgres://bestays_migrator:secret@127.0.0.1:1/bestays_db" };
    const { reports } = await findDriftWith(databases, [away, target]);
    expect(String(reports[0]?.error)).toMatch(/cannot be opened/);
    expect(reports[1]).toMatchObject({ differences: [], error: undefined });
  });
});
