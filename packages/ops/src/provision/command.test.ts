import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bestays, products } from "@whitelabel/shared-config";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../cli/run-here.ts";
import { coreCheckCommand } from "../core/commands.ts";
import { type Server, startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { runScript } from "../migrate/run-script.ts";
import { provisionCommand } from "./command.ts";
import { provisionCore } from "./provision-core.ts";

const data = mkdtempSync(path.join(os.tmpdir(), "whitelabel-provision-"));
const urlsFile = (database: string) => path.join(data, "provisioned", `${database}.env`);
let server: Server;

beforeAll(async () => {
  server = await startThrowawayPostgres();
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

describe("pnpm provision", () => {
  it("only shows the SQL on a dry run, without what a password could be guessed from", async () => {
    const { code, stdout } = await provision([bestays.id, "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain('CREATE DATABASE "bestays_db_dev"');
    expect(stdout).not.toContain("SCRAM");
    expect(await query(server.superuserUrl, "select from pg_roles where rolname = 'bestays_user'")).toEqual([]);
  });

  it("makes every product's database and keeps the addresses for their owner only", async () => {
    const { code, stdout } = await runScript("provision.ts", ["--all", "--json"], ours());
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(products.map(({ id }) => ({ product: id })));
    expect(stdout).not.toMatch(/postgres:\/\/|SCRAM/);

    for (const { id, runtimeRole, migratorRole } of products) {
      const file = urlsFile(`${id}_db_dev`);
      expect(statSync(file).mode & 0o077).toBe(0);
      const [, runtime = ""] = /^DATABASE_URL=(.+)$/m.exec(readFileSync(file, "utf8")) ?? [];
      const [, migrator = ""] = /^MIGRATION_DATABASE_URL=(.+)$/m.exec(readFileSync(file, "utf8")) ?? [];
      expect(await query(runtime, "select current_user me")).toEqual([{ me: runtimeRole }]);
      expect(await query(migrator, "select current_user me")).toEqual([{ me: migratorRole }]);
    }
  });

  it("keeps the passwords when it runs again", async () => {
    const before = readFileSync(urlsFile("bestays_db_dev"), "utf8");
    const { code, stdout } = await provision([bestays.id, "--json"]);
    expect(code).toBe(0);
    expect(readFileSync(urlsFile("bestays_db_dev"), "utf8")).toBe(before);
    expect(stdout).not.toMatch(/PASSWORD '/);
  });

  it("never overwrites a password that another database of the server is using", async () => {
    const { code, stderr } = await provision([bestays.id, "--environment", "staging"]);
    expect(code).toBe(1);
    expect(stderr).toContain("The role bestays_user already has a password on this server");
    expect(stderr).toContain("BESTAYS_USER_PASSWORD");
    const [, url = ""] = /^DATABASE_URL=(.+)$/m.exec(readFileSync(urlsFile("bestays_db_dev"), "utf8")) ?? [];
    await query(url, "select 1");
  });

  it.each([
    ["without a server", [bestays.id], { POSTGRES_SUPERUSER_URL: "" }, /Set POSTGRES_SUPERUSER_URL/],
    ["one name for several databases", ["--all", "--database", "x"], {}, /give one product/],
    ["no product", [], {}, /Which product\?/],
    [
      "a server that is not there",
      [bestays.id],
      { POSTGRES_SUPERUSER_URL: "postgres://postgres:hunter2@127.0.0.1:1/postgres" },
      /cannot be opened/,
    ],
  ])("refuses %s with a sentence", async (_, args, env, message) => {
    const { code, stdout, stderr } = await provision(args, env);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stdout + stderr).not.toMatch(/hunter2|^\s+at /m);
  });
});

describe("pnpm core:grants and core:check", () => {
  const role = bestays.coreReaderRole;

  it("print the SQL for core's owner, and find with it all that is wanting without it", async () => {
    const password = "reader-password";
    const { readerUrls } = await provisionCore({
      superuserUrl: server.superuserUrl,
      ownerPassword: "owner-password",
      readers: [{ role, password }],
    });
    const env = { BESTAYS_CORE_DATABASE_URL_RO: readerUrls[role] ?? "" };
    const core = new URL(server.superuserUrl);
    core.pathname = "/core_db";
    await query(core.href, tables);

    const before = await check(["--json"], env);
    expect(before.code).toBe(1);
    expect(JSON.parse(before.stdout)[0].differences).toContainEqual(
      expect.objectContaining({ table: "rooms", column: "name", problem: "not_readable" }),
    );

    const grants = await runScript("core-grants.ts", [bestays.id], {});
    expect(grants.stdout).toContain(`"${role}"`);
    await query(core.href, grants.stdout);
    const after = await check([], env);
    expect(after).toMatchObject({ code: 0, stdout: expect.stringContaining("every column is there and readable") });

    await query(core.href, `grant insert on bookings to ${role}; alter table rooms drop column city_tax`);
    const writable = await runScript("core-check.ts", [bestays.id], env);
    expect(writable).toMatchObject({ code: 1, stdout: expect.stringMatching(/refused.*bookings/) });
  });

  it("say which core cannot be reached, without its password", async () => {
    const { code, stderr } = await check([], {
      BESTAYS_CORE_DATABASE_URL_RO: "postgres://reader:hunter2@127.0.0.1:1/core_db",
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Core cannot be asked for bestays/);
    expect(stderr).not.toContain("hunter2");
  });
});

const tables = `
  create table properties (property_id text, name text, time_zone text, city text);
  create table rooms (room_id text, property_id text, name text, room_type text, city_tax int);
  create table bookings (booking_id text, property_id text, room_id text, row_room_id text, first_name text,
    last_name text, check_in date, check_out date, status text);
  create table room_offers_daily (property_id text, room_id text, date date, available int, price numeric, currency text);
  create table reception_notifications (notification_id text, property_id text, booking_id text, kind text,
    created_at timestamptz);`;

type Vars = Record<string, string | undefined>;

const provision = (args: string[], more: Vars = {}) => runHere(provisionCommand(), args, { ...ours(), ...more });
const check = (args: string[], more: Vars) => runHere(coreCheckCommand(), [bestays.id, ...args], more);
const ours = () => ({ WHITELABEL_DATA: data, POSTGRES_SUPERUSER_URL: server.superuserUrl });

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text).simple())] as Record<string, unknown>[];
  } finally {
    await sql.end();
  }
}
