import { appendFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Product, products } from "@whitelabel/shared-config";
import { BREAKING_MIGRATIONS, REQUIRED_MIGRATION, tables } from "@whitelabel/shared-db";
import { getTableColumns, getTableName } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { checkMigrations } from "../migration-check/migration-check.ts";
import { readPortStatus } from "../port-status/port-status.ts";
import { planSync, type Side } from "../sync-migrations/plan-sync.ts";
import { migrate } from "./migrate.ts";
import { newMigration } from "./new-migration.ts";
import { readFolder } from "./read-folder.ts";
import { difference, readLastSnapshot, takeSnapshot } from "./snapshot.ts";
import { copyFolder, folderOf, useDatabases } from "./test-databases.ts";

const { create } = useDatabases();

const copies = products.map((product) => copyFolder(product));
afterAll(() => {
  for (const copy of copies) copy[Symbol.dispose]();
});

/** As `pnpm migration:new … --empty --product …` writes it in one product, with SQL by hand. */
async function addOwn({ id }: Product, folder: string): Promise<void> {
  const header = [`-- product-only ${id}: a test asks for it`];
  const { name } = await newMigration({ folder, title: "only in this test", isEmpty: true, header });
  appendFileSync(
    path.join(folder, `${name}.sql`),
    `CREATE TABLE "only_in_this_test" ("id" uuid PRIMARY KEY, "version" integer NOT NULL DEFAULT 1);
CREATE TRIGGER "touch_row" BEFORE UPDATE ON "only_in_this_test" FOR EACH ROW EXECUTE FUNCTION touch_row();\n`,
  );
  appendFileSync(path.join(folder, `${name}.down.sql`), 'DROP TABLE "only_in_this_test";\n');
}

/** The folders as they are; and each product's with a migration of its own, beside the others as they are. */
const states = [
  { state: "as it is", own: undefined, folderFor: folderOf },
  ...products.map((own, index) => ({
    state: `beside a migration that is only ${own.id}'s`,
    own,
    folderFor: (product: Product) => (product === own ? (copies[index]?.folder ?? "") : folderOf(product)),
  })),
];
await Promise.all(states.map(({ own, folderFor }) => own && addOwn(own, folderFor(own))));

describe.each(states)("the migrations folders, $state", ({ own, folderFor }) => {
  const sides = products.map((product) => ({ product, folder: folderFor(product) }));

  it("hold the same shared migrations, byte for byte, and the meta that follows from them", () => {
    const [first, ...others] = sides.map(({ product, folder }): Side => ({ product: product.id, folder }));
    for (const other of others)
      expect(planSync(first as Side, other)).toMatchObject({ copied: [], meta: [], problems: [] });
  });

  it("are right to port:status, which names what is one product's alone", () => {
    const { migrations } = readPortStatus(sides);
    for (const { name, next } of migrations) expect([name, next]).toEqual([name, null]);
    const alone = migrations.filter(({ product_only }) => product_only?.reason === "a test asks for it");
    expect(alone.map(({ product_only }) => product_only?.product)).toEqual(own ? [own.id] : []);
  });
});

it("a migration that is only one product's passes migration:check", async () => {
  const { folderFor } = states.at(-1) as (typeof states)[number];
  const folders = products.map((product) => ({ product, folder: folderFor(product) }));
  expect(await checkMigrations({ folders })).toEqual([]);
}, 60_000);

const everyFolder = [
  ...products.map((product) => ({ product, what: "folder", folder: folderOf(product) })),
  ...products
    .map((product, index) => ({ product, what: "folder with one of its own", folder: copies[index]?.folder ?? "" }))
    .slice(-1),
];

for (const { product, what, folder } of everyFolder)
  describe(`${product.id}: the migrations ${what}`, () => {
    const migrations = readFolder(folder);

    it("ends with the migration that the code requires, but for those that it can do without", () => {
      const needed = migrations.filter(({ header }) => !header.productOnly && header.breaking === undefined);
      expect(migrations.map(({ name }) => name)).toContain(REQUIRED_MIGRATION);
      expect((needed.at(-1)?.name ?? "") <= REQUIRED_MIGRATION).toBe(true);
    });

    it("has no breaking migration that the code does not know", () => {
      const breaking = migrations.filter(({ header }) => header.breaking !== undefined).map(({ name }) => name);
      const unknown = breaking.filter((name) => !BREAKING_MIGRATIONS.includes(name));
      expect(unknown, "add them to BREAKING_MIGRATIONS in packages/shared-db/src/required-migration.ts").toEqual([]);
    });

    it("leads to the models as they are", async () => {
      const last = readLastSnapshot(folder);
      expect(await difference(last, takeSnapshot("now", last))).toEqual({ up: [], down: [] });
    });

    it("would show a difference between models and migrations", async () => {
      const { users: _, ...others } = tables;
      const last = readLastSnapshot(folder);
      expect((await difference(last, takeSnapshot("now", last, others))).up.join()).toContain("DROP TABLE");
    });

    it("keeps the models' state after each migration, and none without one", () => {
      const names = readdirSync(path.join(folder, "meta")).map((file) => file.replace(/\.json$/, ""));
      expect(names.sort()).toEqual(migrations.map(({ name }) => name));
    });

    it("makes no extension, for that is the superuser's", () => {
      for (const { sql } of migrations) expect(sql).not.toMatch(/create\s+extension/i);
    });

    it("keeps created_at, updated_at and version of each table whose rows change", async () => {
      const { migrationUrl, migrator } = await create(product);
      await migrate({ product, migrationUrl, folder });
      const touched = await migrator`select tgrelid::regclass::text as name from pg_trigger where tgname = 'touch_row'`;
      const changing = Object.values(tables).filter((table) => "version" in getTableColumns(table));
      const own = migrations.filter(({ header }) => header.productOnly).map(({ sql }) => sql);
      const shared = touched.map(({ name }) => name).filter((name) => !own.some((sql) => sql.includes(`ON "${name}"`)));
      expect(shared.sort()).toEqual(changing.map(getTableName).sort());

      const [made] = await migrator`insert into users (clerk_user_id) values ('user_a') returning *`;
      const [same] = await migrator`update users set role = 'user' returning *`;
      expect(same).toEqual(made);
      const [changed] = await migrator`
        update users set role = 'agent', version = 99, created_at = '2000-01-01', updated_at = '2000-01-01' returning *`;
      expect(changed).toMatchObject({ role: "agent", version: 2, created_at: made?.created_at });
      expect(changed?.updated_at.getTime()).toBeGreaterThan(made?.updated_at.getTime());
      const [touchedAgain] = await migrator`update users set updated_at = now() returning version`;
      expect(touchedAgain).toEqual({ version: 3 });
    });

    it("keeps the identifiers of core as text, ties them to nothing, and says so in each table", async () => {
      const { migrationUrl, migrator } = await create(product);
      await migrate({ product, migrationUrl, folder });
      const identifiers = ["property_id", "booking_id", "room_id", "row_room_id", "notification_id"];
      const rows = await migrator`
        select attrelid::regclass::text as name, array_agg(distinct format_type(atttypid, atttypmod)) as types,
          string_agg(col_description(attrelid, attnum), ' ') as comments,
          -- A key that begins with one of ours, and has a branch beside it, leads to a row of ours.
          (select count(*)::int from pg_constraint where contype = 'f' and conrelid = attrelid and conkey <@ array_agg(attnum))
            as ties
        from pg_attribute join pg_class c on c.oid = attrelid
        where relkind = 'r' and relnamespace = 'public'::regnamespace and attname = any(${identifiers})
        group by attrelid`;
      expect(rows.length).toBeGreaterThanOrEqual(2);
      for (const row of rows)
        expect(row).toMatchObject({
          types: ["text"],
          ties: 0,
          comments: expect.stringMatching(/core.*without a foreign key/),
        });
    });

    it("refuses listings that no page could show", async () => {
      const { migrationUrl, migrator } = await create(product);
      await migrate({ product, migrationUrl, folder });
      const listing = {
        id: "019a0000-0000-7000-8000-000000000000",
        title: "House by the lake",
        transaction_type: "rent",
        property_type: "house",
        rent_price: 1_500_000,
        currency: "THB",
      };
      const insert = (row: Record<string, unknown>) =>
        migrator`insert into properties ${migrator({ ...listing, ...row })}`;
      for (const row of [
        { title: " " },
        { transaction_type: "gift" },
        { property_type: "castle" },
        { rent_price: null },
        { rent_price: 0 },
        { rent_price: -1 },
        { sale_price: -1 },
        { sale_price: "9007199254740992" },
        { transaction_type: "sale" },
        { currency: "baht" },
        { listing_priority: 1000 },
        { listing_priority: -1 },
        { amenities: migrator.json({}) },
        { amenities: migrator.json([1]) },
        { tags: migrator.json([["nested"]]) },
        { location_details: migrator.json([]) },
        { physical_specs: migrator.json({ bedrooms: "two" }) },
      ])
        await expect(insert(row), JSON.stringify(row)).rejects.toMatchObject({ code: "23514" });
      await insert({ sale_price: 9_007_199_254_740_991, tags: migrator.json(["lake"]), listing_priority: 999 });
    });
  });
