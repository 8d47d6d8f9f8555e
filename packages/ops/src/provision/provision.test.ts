import { type Product, products } from "@whitelabel/shared-config";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { CORE_OWNER, grantCoreReaders, type ProvisionedCore, provisionCore } from "./provision-core.ts";
import { type ProvisionedProduct, provisionProduct } from "./provision-product.ts";

const log: string[] = [];
const passwordOf = (role: string) => `password-of-${role}`;
const readers = products.map(({ coreReaderRole }) => ({ role: coreReaderRole, password: passwordOf(coreReaderRole) }));

let server: Server;
let core: ProvisionedCore;
const made = new Map<Product, ProvisionedProduct>();

const provision = (product: Product, dryRun = false) =>
  provisionProduct({
    superuserUrl: server.superuserUrl,
    product,
    environment: "test",
    passwords: { runtime: passwordOf(product.runtimeRole), migrator: passwordOf(product.migratorRole) },
    dryRun,
  });

beforeAll(async () => {
  server = await startThrowawayPostgres({ settings: { log_statement: "all" }, onLog: (line) => log.push(line) });
  // At once: they meet in the server's own databases.
  await Promise.all(products.map(async (product) => made.set(product, await provision(product))));
  core = await provisionCore({ superuserUrl: server.superuserUrl, ownerPassword: passwordOf(CORE_OWNER), readers });
  await run(core.ownerUrl, coreTables);
  await grantCoreReaders({ superuserUrl: server.superuserUrl, roles: readers.map(({ role }) => role) });
});
afterAll(() => server.stop());

describe("every role", () => {
  const roles = () => [
    ...products.flatMap((product) => [
      { role: product.runtimeRole, own: ["_test"].map((ending) => product.databaseName + ending) },
      { role: product.migratorRole, own: [`${product.databaseName}_test`] },
      { role: product.coreReaderRole, own: ["core_db"] },
    ]),
    { role: CORE_OWNER, own: ["core_db"] },
  ];

  it("opens its own database and no other", async () => {
    const rows = await run(server.superuserUrl, "select datname from pg_database where datallowconn");
    const databases = rows.map(({ datname }) => String(datname));
    expect(databases).toEqual(expect.arrayContaining(["postgres", "template1", "core_db", "bestays_db_test"]));

    for (const { role, own } of roles()) {
      for (const database of databases) {
        const attempt = run(server.url(role, passwordOf(role), database), "select current_user as me");
        if (own.includes(database)) expect(await attempt, `${role} in ${database}`).toEqual([{ me: role }]);
        else await expect(attempt, `${role} in ${database}`).rejects.toMatchObject({ code: "42501" });
      }
    }
  });

  it("has no power over the server, and belongs to no other role", async () => {
    for (const { role } of roles()) {
      const [row] = await run(
        server.superuserUrl,
        `select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as has_power,
          (select count(*)::int from pg_auth_members where member = r.oid or roleid = r.oid) as memberships
        from pg_roles r where rolname = '${role}'`,
      );
      expect(row, role).toEqual({ has_power: false, memberships: 0 });
    }
  });
});

for (const product of products) {
  describe(`${product.id}: the runtime role`, () => {
    const url = () => made.get(product)?.databaseUrl ?? "";

    it.each([
      "create table stolen (n int)",
      "create temporary table stolen (n int)",
      "create schema stolen",
      "create function stolen() returns int language sql as 'select 1'",
      "create extension citext",
      "alter schema public rename to stolen",
      "select lo_create(0)",
      "select lo_from_bytea(0, 'x')",
      "create database stolen",
      "create role stolen",
      `set role ${product.migratorRole}`,
      "copy (select 1) to program 'true'",
    ])("cannot run: %s", async (statement) => {
      await expect(run(url(), statement)).rejects.toMatchObject({ code: "42501" });
    });

    it("owns nothing", async () => {
      const [row] = await run(
        url(),
        "select count(*)::int as n from pg_shdepend where deptype = 'o' and refobjid = current_user::regrole",
      );
      expect(row).toEqual({ n: 0 });
    });
  });

  it(`${product.id}: the migrator makes tables, in a database in UTC with the extensions`, async () => {
    const url = made.get(product)?.migrationDatabaseUrl ?? "";
    await run(url, "create table if not exists made (n int)");
    const [row] = await run(
      url,
      `select current_setting('TimeZone') zone, similarity('villa', 'vila') > 0 trigrams, unaccent('é') plain,
        (select string_agg(datlocprovider::text || datlocale, '') from pg_database where datname = current_database()) locale`,
    );
    expect(row).toEqual({ zone: "UTC", trigrams: true, plain: "e", locale: "bC.UTF-8" });
  });
}

describe.each(readers)("$role", ({ role }) => {
  const url = () => core.readerUrls[role] ?? "";

  it("reads the columns on the list", async () => {
    await expect(run(url(), "select booking_id, first_name from bookings")).resolves.toEqual([]);
  });

  it.each([
    "insert into bookings (booking_id) values ('1')",
    "update bookings set status = 'cancelled'",
    "delete from bookings",
    "truncate bookings",
    "create temporary table copy (n int)",
    "create table copy (n int)",
    "select lo_create(0)",
    "select passport from bookings",
    "select * from bookings",
    "select bookings from bookings",
    "select count(*) from guest_notes",
    "set role core_owner",
    "set session authorization core_owner",
  ])("cannot run, whatever it sets in its session: %s", async (statement) => {
    await expect(run(url(), "set default_transaction_read_only = off", statement)).rejects.toMatchObject({
      code: "42501",
    });
  });

  it("starts read-only and has a limit of connections", async () => {
    const [row] = await run(
      url(),
      `select current_setting('transaction_read_only') read_only,
        (select rolconnlimit from pg_roles where rolname = current_user) connections`,
    );
    expect(row).toEqual({ read_only: "on", connections: 25 });
  });
});

describe("provisioning again", () => {
  it("keeps tables and data, and sets no password that is already set", async () => {
    for (const product of products) {
      await run(made.get(product)?.migrationDatabaseUrl ?? "", "create table if not exists made (n int)");
      const { steps } = await provision(product);
      expect(steps.filter(({ sql }) => /PASSWORD|CREATE (ROLE|DATABASE)/.test(sql))).toEqual([]);
      await run(made.get(product)?.migrationDatabaseUrl ?? "", "select * from made");
    }
  });

  it("changes a password that is another one", async () => {
    const [product] = products as [Product];
    const passwords = { runtime: "another-password", migrator: passwordOf(product.migratorRole) };
    const options = { superuserUrl: server.superuserUrl, product, environment: "test" } as const;
    const { databaseUrl } = await provisionProduct({ ...options, passwords });
    await run(databaseUrl, "select 1");
    await expect(run(made.get(product)?.databaseUrl ?? "", "select 1")).rejects.toThrow(/password/);
    await provision(product);
    await run(made.get(product)?.databaseUrl ?? "", "select 1");
  });

  it("closes a database that somebody opened again", async () => {
    const [one, other] = products as [Product, Product];
    await run(server.superuserUrl, `grant all on database ${one.databaseName}_test to public`);
    const intruder = server.url(other.runtimeRole, passwordOf(other.runtimeRole), `${one.databaseName}_test`);
    await run(intruder, "select 1");
    await provision(one);
    await expect(run(intruder, "select 1")).rejects.toMatchObject({ code: "42501" });
  });

  it("only says what it would do when asked to", async () => {
    const [product] = products as [Product];
    const { steps } = await provisionProduct({
      superuserUrl: server.superuserUrl,
      product,
      environment: "staging",
      passwords: { runtime: "12345678", migrator: "12345678" },
      dryRun: true,
    });
    expect(steps.map(({ sql }) => sql).join("\n")).toContain(`CREATE DATABASE "${product.databaseName}_staging"`);
    expect(await run(server.superuserUrl, "select from pg_database where datname like '%staging'")).toEqual([]);
    await run(made.get(product)?.databaseUrl ?? "", "select 1");
  });
});

it("no password ever reaches the server's log", () => {
  expect(log.some((line) => line.includes("CREATE ROLE"))).toBe(true);
  expect(log.filter((line) => /password-of-|another-password/.test(line))).toEqual([]);
});

it("a role without a superuser's power is refused with a sentence", async () => {
  const [product] = products as [Product];
  const url = new URL(made.get(product)?.databaseUrl ?? "");
  await expect(
    provisionProduct({
      superuserUrl: url.href,
      product,
      environment: "test",
      passwords: { runtime: "12345678", migrator: "12345678" },
    }),
  ).rejects.toThrow(/needs a superuser/);
});

const coreTables = `
  create table properties (property_id text, name text, time_zone text, city text);
  create table rooms (room_id text, property_id text, name text, room_type text);
  create table bookings (booking_id text, property_id text, room_id text, row_room_id text, first_name text,
    last_name text, check_in date, check_out date, status text, passport text);
  create table room_offers_daily (property_id text, room_id text, date date, available int, price numeric, currency text);
  create table reception_notifications (notification_id text, property_id text, booking_id text, kind text,
    created_at timestamptz);
  create table guest_notes (booking_id text, note text);`;

/** The rows of the last text, each sent by itself over one connection. */
async function run(url: string, ...texts: string[]): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, fetch_types: false });
  try {
    let rows: Record<string, unknown>[] = [];
    for (const text of texts) rows = [...(await sql.unsafe(text).simple())];
    return rows;
  } finally {
    await sql.end();
  }
}
