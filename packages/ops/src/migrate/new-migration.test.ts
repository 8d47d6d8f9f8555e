import { readFileSync } from "node:fs";
import path from "node:path";
import { bestays } from "@whitelabel/shared-config";
import { tables } from "@whitelabel/shared-db";
import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { migrateDown } from "./down.ts";
import { migrate } from "./migrate.ts";
import { newMigration } from "./new-migration.ts";
import { type Migration, readFolder } from "./read-folder.ts";
import { readRename } from "./renames.ts";
import { noteMigration } from "./required-file.ts";
import { difference, readLastSnapshot, takeSnapshot } from "./snapshot.ts";
import { copyFolder, describeSchema, useDatabases } from "./test-databases.ts";

const { create } = useDatabases();
const chores = pgTable("chores", {
  id: integer().primaryKey(),
  title: text(),
  version: integer().notNull().default(1),
});
const models = { ...tables, chores };
const now = new Date("2099-01-02T03:04:05Z");

describe("a new migration", () => {
  it("leads from the folder's last state to the models, and its reverse back", async () => {
    using copy = copyFolder(bestays);
    const { migrationUrl, migrator } = await create(bestays);
    await migrate({ product: bestays, migrationUrl, folder: copy.folder });
    const before = await describeSchema(migrator);

    const { name, files } = await newMigration({ folder: copy.folder, title: "Create chores", models, now });
    expect(name).toBe("20990102_0304-create_chores");
    expect(files.map((file) => path.relative(copy.folder, file))).toEqual([
      `${name}.sql`,
      `${name}.down.sql`,
      `meta/${name}.json`,
    ]);
    await migrate({ product: bestays, migrationUrl, folder: copy.folder });
    expect((await describeSchema(migrator)).join("\n")).toMatch(/trigger CREATE TRIGGER touch_row .* ON public.chores/);

    await migrator.unsafe(readFolder(copy.folder).at(-1)?.down ?? "");
    expect(await describeSchema(migrator)).toEqual(before);
  });

  it("is not written when there is no difference, unless an empty one is asked for", async () => {
    using copy = copyFolder(bestays);
    await expect(newMigration({ folder: copy.folder, title: "nothing" })).rejects.toThrow(/nothing to write/);
    const { name } = await newMigration({ folder: copy.folder, title: "by hand", isEmpty: true, now });
    expect(readFolder(copy.folder).at(-1)).toMatchObject({ name, sql: "\n", down: "\n" });
  });

  it("takes the next free minute, and never a time before the newest", async () => {
    using copy = copyFolder(bestays);
    const next = (at: Date) => newMigration({ folder: copy.folder, title: "x", isEmpty: true, now: at });
    expect((await next(now)).name).toBe("20990102_0304-x");
    expect((await next(now)).name).toBe("20990102_0305-x");
    expect((await next(new Date("2099-01-02T03:00:00Z"))).name).toBe("20990102_0306-x");
  });

  it("has the same bytes whoever writes it", async () => {
    using one = copyFolder(bestays);
    using other = copyFolder(bestays);
    for (const { folder } of [one, other]) await newMigration({ folder, title: "create chores", models, now });
    const meta = "meta/20990102_0304-create_chores.json";
    expect(readFileSync(path.join(one.folder, meta), "utf8")).toBe(readFileSync(path.join(other.folder, meta), "utf8"));
  });

  it("needs a name", async () => {
    using copy = copyFolder(bestays);
    await expect(newMigration({ folder: copy.folder, title: "!", isEmpty: true })).rejects.toThrow(/says what happens/);
  });
});

describe("a migration of tables that are there already", () => {
  const trees = (columns: object = {}, extra: (t: Record<string, AnyPgColumn>) => unknown[] = () => []) =>
    pgTable(
      "trees",
      { id: integer().primaryKey(), size: integer(), version: integer().notNull().default(1), ...columns },
      extra as never,
    );
  const birds = (parent: ReturnType<typeof trees>) =>
    pgTable("birds", { id: integer().primaryKey(), tree_id: integer().references((): AnyPgColumn => parent.id) });
  const forest = trees();
  const before = { ...tables, forest, flock: birds(forest) };
  const grown = trees({ colour: text() }, (t) => [
    index("trees_colour").on(t.colour as AnyPgColumn),
    unique("trees_unique").on(t.colour as AnyPgColumn, t.size as AnyPgColumn),
    check("trees_check", sql`colour <> '' and size > 0`),
  ]);
  const repainted = trees({ paint: text() }, (t) => [
    index("trees_colour").on(t.paint as AnyPgColumn),
    unique("trees_unique").on(t.paint as AnyPgColumn, t.size as AnyPgColumn),
    check("trees_check", sql`paint <> '' and size > 0`),
  ]);
  const plants = pgTable("plants", {
    id: integer().primaryKey(),
    size: integer(),
    version: integer().notNull().default(1),
  });

  /** Writes the migration, and goes up, down and up with it on a server, keeping a row. */
  async function change(one: Record<string, unknown>, two: Record<string, unknown>, options: object = {}) {
    const copy = copyFolder(bestays);
    const { migrationUrl, migrator } = await create(bestays);
    const run = { product: bestays, migrationUrl, folder: copy.folder };
    await newMigration({ folder: copy.folder, title: "first", models: one, now });
    await migrate(run);
    await migrator`insert into trees (id, size) values (1, 7)`;
    const earlier = await describeSchema(migrator);
    try {
      const { name } = await newMigration({ folder: copy.folder, title: "second", models: two, now, ...options });
      await migrate(run);
      const later = await describeSchema(migrator);
      await migrateDown({ ...run, extent: { steps: 1 }, agree: async () => true });
      expect(await describeSchema(migrator)).toEqual(earlier);
      await migrate(run);
      expect(await describeSchema(migrator)).toEqual(later);
      const last = readLastSnapshot(copy.folder);
      expect(await difference(last, takeSnapshot("now", last, two))).toEqual({ up: [], down: [] });
      return { ...(readFolder(copy.folder).find((one) => one.name === name) as Migration), migrator };
    } finally {
      copy[Symbol.dispose]();
    }
  }
  const rename = (text: string) => ({ renames: [readRename(text)] });
  const noRename = { decide: async () => [] };

  it("adds a column with all that hangs on it, and takes it away", async () => {
    await change(before, { ...before, forest: grown });
    await change({ ...before, forest: grown }, before);
  });

  it("drops tables before those they refer to, never with CASCADE, and makes them again with their trigger", async () => {
    const { sql: up, down } = await change(before, tables);
    expect(up).toMatch(/^DROP TABLE "birds";\s+DROP TABLE "trees";\s*$/);
    expect(down).toMatch(/CREATE TABLE "trees"[\s\S]*CREATE TRIGGER "touch_row"/);
  });

  it("renames a column with all that hangs on it, and keeps what is in it", async () => {
    const {
      sql: up,
      down,
      migrator,
    } = await change({ ...before, forest: grown }, { ...before, forest: repainted }, rename("trees.colour:paint"));
    expect(up).toBe('ALTER TABLE "trees" RENAME COLUMN "colour" TO "paint";\n');
    expect(down).toBe('ALTER TABLE "trees" RENAME COLUMN "paint" TO "colour";\n');
    expect(await migrator`select id, size from trees`).toEqual([{ id: 1, size: 7 }]);
  });

  it("drops and makes where nothing is renamed", async () => {
    const { sql: up } = await change({ ...before, forest: grown }, { ...before, forest: repainted }, noRename);
    expect(up).toMatch(/ADD COLUMN "paint"[\s\S]*DROP COLUMN "colour"/);
    expect(up).not.toContain("RENAME");
  });

  it("renames a table", async () => {
    const { sql: up, migrator } = await change({ ...tables, forest }, { ...tables, plants }, rename("trees:plants"));
    expect(up).toBe('ALTER TABLE "trees" RENAME TO "plants";\n');
    expect(await migrator`select size from plants`).toEqual([{ size: 7 }]);
  });

  it("is refused without a word on what looks like a rename, and says which to give", async () => {
    for (const [one, two, option] of [
      [{ ...before, forest: grown }, { ...before, forest: repainted }, "--rename trees.colour:paint"],
      [{ ...tables, forest }, { ...tables, plants }, "--rename trees:plants"],
    ] as const)
      await expect(change(one, two)).rejects.toMatchObject({
        message: expect.stringMatching(/gone and .* new.*Nothing was written/),
        next: expect.stringContaining(option),
      });
  });

  it.each(["trees.nothing:paint", "nothing:plants", "trees.size:id", "trees"])(
    "refuses the rename %s",
    async (text) => {
      const renames = () => change({ ...before, forest: grown }, { ...before, forest: repainted }, rename(text));
      await expect((async () => renames())()).rejects.toThrow(/cannot become|is no rename/);
    },
  );
});

describe("what the code says of migrations", () => {
  const file = 'export const REQUIRED_MIGRATION = "a";\nexport const BREAKING_MIGRATIONS: readonly string[] = [];\n';

  it("is the newest that it needs, and every breaking one that it knows", () => {
    expect(noteMigration(file, "b", { isBreaking: false, isShared: true })).toBe(file.replace('"a"', '"b"'));
    expect(noteMigration(file, "b", { isBreaking: false, isShared: false })).toBe(file);
    const once = noteMigration(file, "b", { isBreaking: true, isShared: true });
    expect(noteMigration(once, "c", { isBreaking: true, isShared: false })).toBe(
      file.replace("[];", '[\n  "b",\n  "c",\n];'),
    );
  });

  it("is found in the file as it is", () => {
    const url = new URL("../../../shared-db/src/required-migration.ts", import.meta.url);
    const text = readFileSync(url, "utf8");
    for (const isBreaking of [false, true])
      expect(noteMigration(text, "20990101_0000-new", { isBreaking, isShared: true })).toContain("20990101_0000-new");
  });
});
