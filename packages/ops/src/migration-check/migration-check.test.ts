import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bestays, realestate } from "@whitelabel/shared-config";
import { dataDictionary } from "@whitelabel/shared-db";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ScratchServer } from "../drift/expected-schema.ts";
import { newMigration } from "../migrate/new-migration.ts";
import { useDatabases } from "../migrate/test-databases.ts";
import { syncMigrations } from "../sync-migrations/sync-migrations.ts";
import { checkMigrations } from "./migration-check.ts";

const databases = useDatabases();
/** Copies of a provisioned database: a check needs one, and there are many checks. */
const scratch: ScratchServer = {
  superuserUrl: "",
  async create(product) {
    const { migrationUrl, urlAs } = await databases.create(product);
    return { migrationUrl, databaseUrl: urlAs(product.runtimeRole) };
  },
};

let root: string;
const folder = (product: { id: string }) => path.join(root, product.id);
const both = [bestays, realestate];
const models = {
  users: pgTable("users", { id: integer().primaryKey(), role: text(), display_name: text() }),
  policies: pgTable("policies", { id: integer().primaryKey(), code: text().unique() }),
};
const words = { "policies.code": "identifier" } as const;
const first = "20260101_0900-create_users";
const name = "20270101_0900-x";

beforeEach(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), "whitelabel-check-"));
  mkdirSync(folder(bestays));
  const now = new Date("2026-01-01T09:00:00Z");
  await newMigration({ folder: folder(bestays), title: "create users", models, now });
  cpSync(folder(bestays), folder(realestate), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** A migration by hand in every product, whose meta says that the models are as before. */
function add(up: string, down = "select 1;\n", products = both) {
  for (const product of products) {
    writeFileSync(path.join(folder(product), `${name}.sql`), up);
    if (down) writeFileSync(path.join(folder(product), `${name}.down.sql`), down);
    cpSync(path.join(folder(product), `meta/${first}.json`), path.join(folder(product), `meta/${name}.json`));
  }
  sync();
}

const sync = () =>
  syncMigrations({
    source: { product: "bestays", folder: folder(bestays) },
    targets: [{ product: "realestate", folder: folder(realestate) }],
  });

async function check(options: Partial<Parameters<typeof checkMigrations>[0]> = {}) {
  const folders = both.map((product) => ({ product, folder: folder(product) }));
  const findings = await checkMigrations({
    folders,
    models,
    dictionary: { ...dataDictionary, ...words },
    server: scratch,
    ...options,
  });
  for (const finding of findings) {
    expect(finding.next, finding.rule).not.toBe("");
    expect(finding.line).toBeGreaterThan(0);
  }
  return findings.map(({ file, line, rule, message }) => `${path.basename(file)}:${line} ${rule} ${message}`);
}

const irreversible = "-- irreversible: a test\n";

describe("migration:check", () => {
  it("finds nothing in the migrations that there are", async () => {
    expect(await check()).toEqual([]);
  });

  it("finds models that no migration leads to, and names what differs", async () => {
    const chores = pgTable("chores", { id: integer().primaryKey() });
    const users = pgTable("users", { id: integer().primaryKey(), role: text(), nickname: text() });
    expect(await check({ models: { ...models, chores, users } })).toEqual([
      "models:1 models The models are not what the migrations of bestays lead to: " +
        "users.columns.display_name, users.columns.nickname, chores.",
    ]);
  });

  it("finds what one product lacks, has more, or has edited, and says how to put it right", async () => {
    add(`${irreversible}select 1;\n`, "", [bestays]);
    for (const file of [`${name}.sql`, `meta/${name}.json`]) rmSync(path.join(folder(realestate), file));
    expect(await check()).toEqual([`${name}.sql:1 not-synced ${name} is in bestays and not in realestate.`]);
    sync();
    writeFileSync(path.join(folder(realestate), `${name}.sql`), `${irreversible}select 2;\n`);
    expect(await check()).toEqual([expect.stringMatching(/^20270101_0900-x\.sql:1 edited .*sha256/)]);
    writeFileSync(path.join(folder(realestate), `${name}.sql`), `${irreversible}select 1;\n`);
    writeFileSync(path.join(folder(realestate), `meta/${first}.json`), "{}\n");
    expect(await check()).toContainEqual(expect.stringMatching(/create_users\.json:1 not-synced /));
  });

  it("lets a product have what says that it is the product's only", async () => {
    add(`-- product-only realestate: a test\n${irreversible}create table vaults (id integer primary key);\n`, "", [
      realestate,
    ]);
    expect(await check()).toEqual([]);
    cpSync(path.join(folder(realestate), `${name}.sql`), path.join(folder(bestays), `${name}.sql`));
    expect(await check()).toContainEqual(expect.stringMatching(/ misplaced .* is for realestate only/));
  });

  it("finds a reverse that leaves something or takes too much, and an up that is not the same twice", async () => {
    add("create table a (id integer primary key);\ncreate table b (id integer primary key);\n", "drop table a;\n");
    expect(await check()).toEqual([
      expect.stringMatching(/^20270101_0900-x\.down\.sql:1 round-trip .*\n.*table b should/),
    ]);
    add("create table a (id integer primary key);\n", "drop table a;\ndrop table policies;\n");
    expect(await check()).toEqual([expect.stringMatching(/\.down\.sql:1 round-trip .*\n.*table policies is missing/)]);
    add("create table a (id integer primary key);\n", "");
    rmSync(path.join(folder(bestays), `${name}.down.sql`));
    rmSync(path.join(folder(realestate), `${name}.down.sql`));
    expect((await check())[0]).toMatch(/^20270101_0900-x\.sql:1 folder .*no reverse/);
  });

  it("does not mind another order of columns after down and up", async () => {
    add(
      "alter table users drop column display_name;\n-- breaking: a test\n",
      "alter table users add display_name text;\n",
    );
    // The header has to stand above the first statement; that is what is found, and not the order.
    expect(await check()).toEqual([expect.stringMatching(/:2 folder .*below the first statement/)]);
    add(
      "-- breaking: a test\nalter table users drop column display_name;\n",
      "alter table users add display_name text;\n",
    );
    // Its comment and its place are gone for a moment only.
    expect(await check()).toEqual([]);
  });

  it("finds what does not run, with its line", async () => {
    add(`${irreversible}select 1;\nselect nothing_there;\n`, "");
    expect(await check()).toEqual([
      expect.stringMatching(/^20270101_0900-x\.sql:3 does-not-run column "nothing_there"/),
    ]);
  });

  it("finds each of these that hurts a live database, unless the file says why it does not", async () => {
    const hurtful = [
      ["alter table users add column age integer not null;", "adding-required-field"],
      ["create index a on users (role);", "require-concurrent-index-creation"],
      ["alter table users rename column role to kind;", "renaming-column"],
      ["alter table users alter column display_name type varchar(20);", "changing-column-type"],
      ["alter table policies drop column code;", "ban-drop-column"],
      ["alter table users add constraint a check (id > 0);", "constraint-missing-not-valid"],
    ] as const;
    const sql = hurtful.map(([statement]) => `${statement}\n`).join("");
    add(`${irreversible}${sql}`, "");
    const found = await check();
    for (const [index, [statement, rule]] of hurtful.entries())
      expect(found, statement).toContainEqual(expect.stringContaining(`${name}.sql:${index + 2} ${rule} `));
    const rules = [...new Set(found.map((finding) => finding.split(" ")[1]))];
    add(`${rules.map((one) => `-- allow ${one}: a test\n`).join("")}${irreversible}${sql}`, "");
    expect(await check()).toEqual([]);
  });

  it("takes none of these for an exception", async () => {
    const lines = ["-- allow renaming-column", "-- allow renaming-column:  ", "-- Allow: renaming-column"];
    add(`${lines.join("\n")}\n${irreversible}alter table users rename column role to kind;\n`, "");
    const found = await check();
    for (const [index, line] of lines.entries())
      expect(found, line).toContainEqual(expect.stringMatching(`:${index + 1} header .*needs a rule and a reason`));
    expect(found.join()).toContain(" renaming-column ");
  });

  it("takes a `breaking` migration's word that old code cannot live with it, and no more", async () => {
    const breaking = "-- breaking: a test\n";
    add(`${breaking}${irreversible}alter table policies drop column code;\n`, "");
    expect(await check()).toEqual([]);
    add(`${breaking}${irreversible}alter table users alter column role type varchar(20);\n`, "");
    expect((await check()).join()).toContain("changing-column-type");
  });

  it("finds exceptions for nothing, and those of the linter's own that give no reason", async () => {
    add(`-- allow renaming-column: a test\n${irreversible}select 1;\n`, "");
    expect(await check()).toEqual([expect.stringMatching(/:1 idle-exception /)]);
    add(`${irreversible}-- squawk-ignore require-concurrent-index-creation\ncreate index a on users (role);\n`, "");
    expect(await check()).toEqual([expect.stringMatching(/:2 header .*no reason/)]);
  });

  it("finds personal columns, however they are made", async () => {
    // Each with the number of its line that is told.
    const made = [
      ["create table a (id integer primary key,\nfirst_name text, guest_email text, phone text, passport text);", 2],
      ["create table b (id integer);\ndo $$ begin alter table b add column guest_address text; end $$;", 2],
      ["create table c as\nselect 'x'::text as last_name, 'x'::text as mobile;", 2],
      ["alter table policies\nrename column code to guest_phone;", 2],
      ['create table d (id integer,\n"Guest_Contact" text);', 2],
    ] as const;
    const wanted: string[] = [];
    let before = 1; // the header
    for (const [sql, line] of made) {
      for (const [one] of sql.matchAll(/\b((first|last)_name|guest_\w+|phone|mobile|passport)\b/gi))
        wanted.push(`${before + line} ${one}`);
      before += sql.split("\n").length;
    }
    const sql = made.map(([one]) => `${one}\n`).join("");
    add(`${irreversible}${sql}`, "");
    const found = (await check()).filter((one) => one.includes(" personal-column "));
    const told = found.map((one) => /\.sql:(\d+) .*?[\w"]+\."?(\w+)"? is called/.exec(one)?.slice(1).join(" "));
    expect(told.sort()).toEqual(wanted.sort());
    add(`-- allow personal-column: a test\n${irreversible}${sql}`, "");
    expect((await check()).join()).not.toContain("personal-column");
  });

  it("finds text that nobody classified, of any type that can hold it", async () => {
    add(
      `${irreversible}create table t (id integer primary key, a text, b jsonb, c varchar(9)[], d real[], e uuid);\n`,
      "",
    );
    const found = async () =>
      (await check({ dictionary: { ...dataDictionary, ...words, "t.a": "identifier", "t.b": "forbidden" } })).filter(
        (one) => one.includes("unclassified-text"),
      );
    expect(await found()).toEqual([
      expect.stringContaining("t.b (jsonb) can hold text, and is forbidden"),
      expect.stringContaining("t.c (character varying(9)[]) can hold text, and nobody said"),
    ]);
  });

  it("finds what is not a migration's business", async () => {
    const foreign = [
      ["create table t (property_id text references policies (code));", "ties property_id"],
      [
        "create function f() returns void language plpgsql as $$ begin perform 1 from dblink('x', 'y') as t(a int); end $$;",
        "reaches for core",
      ],
      ["grant select on users to public;", "sets rights"],
      ["create extension if not exists citext;", "makes an extension"],
    ] as const;
    add(`${irreversible}${foreign.map(([sql]) => `${sql}\n`).join("")}`, "");
    const found = await check({ dictionary: { ...dataDictionary, ...words, "t.property_id": "identifier" } });
    for (const [index, [sql, message]] of foreign.entries())
      expect(found, sql).toContainEqual(expect.stringMatching(`\\.sql:${index + 2} .*${message}`));
    add(`${irreversible}create view v as select * from core.bookings;\n`, "");
    expect((await check()).join()).toContain("reaches for core");
  });

  it("does not take a comment or a string for SQL", async () => {
    const about = "comment on table users is 'as core.guests, create extension; grant all on x to y';";
    add(`-- as core.bookings does; create extension\n${irreversible}${about}\n`, "");
    expect(await check()).toEqual([]);
  });

  it("finds meta without a migration, a migration without meta, and two of one minute", async () => {
    add(`${irreversible}select 1;\n`, "");
    for (const product of both) {
      rmSync(path.join(folder(product), `meta/${name}.json`));
      cpSync(
        path.join(folder(product), `meta/${first}.json`),
        path.join(folder(product), "meta/20270102_0900-gone.json"),
      );
      writeFileSync(
        path.join(folder(product), "20270101_0900-y.sql"),
        readFileSync(path.join(folder(product), `${name}.sql`)),
      );
    }
    const found = (await check()).map((one) => one.split(" ").slice(0, 2).join(" "));
    for (const one of [
      "20270102_0900-gone.json:1 dangling-meta",
      `${name}.sql:1 no-meta`,
      "20270101_0900-y.sql:1 misdated",
    ])
      expect(found).toContain(one);
  });
});
