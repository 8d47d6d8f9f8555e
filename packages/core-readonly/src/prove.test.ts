import { openPool, type Pool } from "@whitelabel/resilience/postgres";
import { type Server, startThrowawayPostgres } from "@whitelabel/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Core, coreGrantsSql, openCore } from "./index.ts";
import { proveReadOnly } from "./prove.ts";
import { smallCore } from "./testing/small-core.ts";

let server: Server;
let admin: Pool;
const opened: (Core | Pool)[] = [];

/** Several statements at once, as the superuser or as somebody else. */
async function run(script: string, as?: string): Promise<void> {
  const role = as ? `set local role ${as};` : "";
  await admin.query(`do $run$ begin ${role} execute $script$${script.replaceAll("$$", "$nested$")}$script$; end $run$`);
}

function coreAs(role: string, search = ""): Core {
  const core = openCore({ url: server.url(role, role, "core") + search, propertyIds: "*", max: 2 });
  opened.push(core);
  return core;
}

/** A role with our grants and then some. */
async function makeRole(name: string, more = ""): Promise<void> {
  await run(`create role "${name}" login password '${name}'`);
  await run(coreGrantsSql(name));
  if (more) await run(more);
}

beforeAll(async () => {
  server = await startThrowawayPostgres();
  const first = openPool({ store: "core", url: server.superuserUrl, max: 1 });
  await first.query("create role core_owner login password 'core_owner'");
  await first.query("create database core owner core_owner");
  await first.close();
  admin = openPool({ store: "core", url: server.superuserUrl.replace(/postgres$/, "core"), max: 1 });
  opened.push(admin);
  await run(smallCore, "core_owner");
});
afterAll(async () => {
  await Promise.all(opened.map((client) => client.close()));
  await server?.stop();
});

describe("a role with our grants", () => {
  it("is proved harmless, and reads", async () => {
    await makeRole("reader");
    const core = coreAs("reader");
    expect(await core.prove()).toEqual({ problems: [], warnings: [] });
    expect(await core.check()).toEqual([]);
    expect((await core.findBooking("comes"))?.booking_id).toBe("comes");
  });

  it.each([
    ["insert", "insert into public.rooms (room_id, property_id) values ('x', 'A')"],
    ["update", "update public.bookings set status = 'x'"],
    ["delete", "delete from public.bookings"],
    ["truncate", "truncate public.bookings"],
    ["lock against readers", "lock table public.bookings in access exclusive mode"],
    ["advance a sequence", "select nextval('public.numbers')"],
    ["make a table", "create table public.mine (id int)"],
    ["make a schema", "create schema mine"],
    ["make a temporary table", "create temporary table mine (id int)"],
    ["make a large object", "select lo_from_bytea(0, 'x')"],
    ["read all columns", "select * from public.bookings"],
    ["read a note", "select guest_note from public.bookings"],
    ["read another table", "select 1 from public.guests"],
    ["return a whole row", "select b from public.bookings b"],
    ["copy a table to the server's disk", "copy public.rooms (room_id) to '/tmp/rooms'"],
    ["become the owner", "set role core_owner"],
  ])("cannot %s, whatever it sets in its session", async (_what, statement) => {
    const pool = openPool({ store: "core", url: server.url("reader", "reader", "core"), max: 1 });
    opened.push(pool);
    const attempt = pool.transaction(async (tx) => {
      await tx.query("set transaction read write");
      await tx.query("set default_transaction_read_only = off");
      await tx.query(statement);
    });
    await expect(attempt).rejects.toMatchObject({ code: "42501" }); // permission denied, not read-only
  });

  it("may be granted again, and loses what it had too much", async () => {
    await makeRole("again", 'grant all on public.bookings to "again"; grant insert (name) on public.rooms to "again"');
    expect((await coreAs("again").prove()).problems).not.toEqual([]);
    await run(coreGrantsSql("again"));
    await run(coreGrantsSql("again"));
    expect(await coreAs("again").prove()).toEqual({ problems: [], warnings: [] });
  });

  it("is granted by core's owner alone, whatever the role is called", async () => {
    const name = `o'dd "reader"`;
    await run(`create role "o'dd ""reader""" login password 'x'`);
    await run(coreGrantsSql(name), "core_owner");
    const core = openCore({ url: server.url(name, "x", "core"), propertyIds: "*" });
    opened.push(core);
    expect(await core.prove()).toEqual({ problems: [], warnings: [] });
    expect(await core.listBranches()).toHaveLength(2);
  });
});

describe("a role that could write", () => {
  const q = (role: string) => `"${role}"`;
  it.each([
    ["insert", (r: string) => `grant insert on public.bookings to ${q(r)}`, /INSERT on table public.bookings/],
    ["truncate", (r: string) => `grant truncate on public.rooms to ${q(r)}`, /TRUNCATE on table public.rooms/],
    ["reference", (r: string) => `grant references on public.rooms to ${q(r)}`, /REFERENCES on table public.rooms/],
    ["trigger", (r: string) => `grant trigger on public.rooms to ${q(r)}`, /TRIGGER on table public.rooms/],
    ["maintain", (r: string) => `grant maintain on public.rooms to ${q(r)}`, /MAINTAIN on table public.rooms/],
    ["delete elsewhere", (r: string) => `grant delete on public.guests to ${q(r)}`, /DELETE on table public.guests/],
    [
      "update one column",
      (r: string) => `grant update (status) on public.bookings to ${q(r)}`,
      /UPDATE on column status of table public.bookings/,
    ],
    [
      "write a view of another schema",
      (r: string) => `create schema s; create view s.v as select 1 as n; grant insert on s.v to ${q(r)}`,
      /INSERT on view s.v/,
    ],
    [
      "use a sequence",
      (r: string) => `grant usage on sequence public.numbers to ${q(r)}`,
      /USAGE on sequence public.numb/,
    ],
    ["create in a schema", (r: string) => `grant create on schema public to ${q(r)}`, /CREATE on schema public/],
    ["create schemas", (r: string) => `grant create on database core to ${q(r)}`, /CREATE on the database/],
    ["do what PUBLIC may", () => "grant insert on public.rooms to public", /PUBLIC has INSERT on table public.rooms/],
    ["become who may", (r: string) => `grant core_owner to ${q(r)}`, /core_owner owns table public.bookings/],
    [
      "become who may, without inheriting",
      (r: string) => `grant core_owner to ${q(r)} with inherit false, set true`,
      /core_owner owns the database/,
    ],
    ["own a schema", (r: string) => `create schema owned authorization ${q(r)}`, /owns schema owned/],
    ["own a table", (r: string) => `create table s.t (); alter table s.t owner to ${q(r)}`, /owns table s.t/],
    ["write all data", (r: string) => `grant pg_write_all_data to ${q(r)}`, /member of pg_write_all_data/],
    [
      "run programs",
      (r: string) => `grant pg_execute_server_program to ${q(r)}`,
      /member of pg_execute_server_program/,
    ],
    ["bypass row security", (r: string) => `alter role ${q(r)} bypassrls`, /is bypassrls/],
    ["make databases", (r: string) => `alter role ${q(r)} createdb`, /is createdb/],
    ["make roles", (r: string) => `alter role ${q(r)} createrole`, /is createrole/],
    ["replicate", (r: string) => `alter role ${q(r)} replication`, /is replication/],
    ["do anything", (r: string) => `alter role ${q(r)} superuser`, /is superuser/],
  ])("%s is refused on every connection, and told why", async (what, more, problem) => {
    const role = `may ${what}`;
    await makeRole(role, more(role));
    const core = coreAs(role);
    const reads = expect(core.listBranches()).rejects.toMatchObject({ store: "core", reason: "writable_core" });
    expect((await core.prove()).problems.join("\n")).toMatch(problem);
    await reads;
    if (what === "do what PUBLIC may") await run("revoke insert on public.rooms from public");
  });

  it("drowns in no list when it is a superuser", async () => {
    const { problems } = await coreAs("may do anything").prove();
    expect(problems).toEqual(["our role is superuser"]);
  });

  it("is refused from its next connection on, if it was granted more since", async () => {
    await makeRole("turned");
    const core = coreAs("turned");
    expect(await core.listBranches()).toHaveLength(2);
    await run('grant insert on public.rooms to "turned"');
    await run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'turned'");
    await expect.poll(() => core.listBranches().catch((error) => error.reason)).toBe("writable_core");
    await run('revoke insert on public.rooms from "turned"');
    await expect.poll(() => core.listBranches().catch((error) => error.reason)).toHaveLength(2);
  });
});

describe("a role that may more than it should and writes nothing", () => {
  /** Warnings for a role, and none left after the SQL that they offer. */
  async function warningsOf(role: string, search = ""): Promise<string[]> {
    const core = coreAs(role, search);
    const { problems, warnings } = await core.prove();
    expect(problems).toEqual([]);
    expect(await core.listBranches()).toHaveLength(2); // a warning, not a refusal
    for (const warning of warnings) {
      const sql = /(revoke .*;)$/s.exec(warning)?.[1];
      if (sql) await run(sql);
    }
    expect((await coreAs(role).prove()).warnings).toEqual([]);
    return [...warnings];
  }

  it("is warned of temporary tables", async () => {
    await makeRole("temp", "grant temporary on database core to public, temp");
    expect(await warningsOf("temp")).toEqual([
      "Our role can make temporary tables. revoke temporary on database core from PUBLIC, temp;",
    ]);
  });

  it("is warned of large objects", async () => {
    await makeRole("blobs", "grant execute on function lo_create(oid), lowrite(integer, bytea) to public");
    expect(await warningsOf("blobs")).toEqual([
      "Our role can make large objects. revoke execute on function pg_catalog.lo_create(oid), pg_catalog.lowrite(integer, bytea) from PUBLIC;",
    ]);
  });

  it("is warned of columns and tables beyond our list, by name", async () => {
    await makeRole(
      "curious",
      "grant select on public.bookings to curious; grant select (passport) on public.guests to public",
    );
    const warnings = await warningsOf("curious");
    expect(warnings[0]).toContain("public.bookings than our columns: guest_note. revoke select on public.bookings");
    expect(warnings[1]).toContain(
      "public.guests than our columns: passport. revoke select on public.guests from PUBLIC;",
    );
    expect(warnings.join()).not.toContain("X1234567");
    expect(await coreAs("curious").check()).toEqual([]);
  });

  it("is warned of reading all data", async () => {
    await makeRole("reads_all", "grant pg_read_all_data to reads_all");
    const warnings = await warningsOf("reads_all");
    expect(warnings.join()).toContain("revoke pg_read_all_data from reads_all;");
  });

  it("is warned of functions that lend it their owner's rights", async () => {
    await makeRole(
      "lent",
      "create function public.lend(n int) returns int language sql security definer as 'select n'",
    );
    expect(await warningsOf("lent")).toEqual([
      "Our role can call public.lend(n integer) with its owner's rights. revoke execute on routine public.lend(n integer) from PUBLIC;",
    ]);
  });

  it("is warned of a session that does not start read-only, as behind a pooler that drops the setting", async () => {
    await makeRole("open");
    const pool = openPool({ store: "core", url: server.url("open", "open", "core"), max: 1 });
    opened.push(pool);
    expect((await proveReadOnly(pool)).warnings).toEqual([expect.stringContaining("does not start read-only")]);
    expect(await warningsOf("open", "?default_transaction_read_only=off")).toEqual([]); // a URL cannot drop it
  });
});
