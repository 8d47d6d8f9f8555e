import { readFileSync } from "node:fs";
import path from "node:path";
import { bestays } from "@whitelabel/shared-config";
import { tables } from "@whitelabel/shared-db";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import { newMigration } from "./new-migration.ts";
import { readFolder } from "./read-folder.ts";
import { copyFolder, describeSchema, useDatabases } from "./test-databases.ts";

const { create } = useDatabases();
const chores = pgTable("chores", {
  id: integer().primaryKey(),
  title: text(),
  version: integer().notNull().default(1),
});
const models = { ...tables, chores };
const now = new Date("2027-01-02T03:04:05Z");

describe("a new migration", () => {
  it("leads from the folder's last state to the models, and its reverse back", async () => {
    using copy = copyFolder(bestays);
    const { migrationUrl, migrator } = await create(bestays);
    await migrate({ product: bestays, migrationUrl, folder: copy.folder });
    const before = await describeSchema(migrator);

    const { name, files } = await newMigration({ folder: copy.folder, title: "Create chores", models, now });
    expect(name).toBe("20270102_0304-create_chores");
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
    expect((await next(now)).name).toBe("20270102_0304-x");
    expect((await next(now)).name).toBe("20270102_0305-x");
    expect((await next(new Date("2027-01-02T03:00:00Z"))).name).toBe("20270102_0306-x");
  });

  it("has the same bytes whoever writes it", async () => {
    using one = copyFolder(bestays);
    using other = copyFolder(bestays);
    for (const { folder } of [one, other]) await newMigration({ folder, title: "create chores", models, now });
    const meta = "meta/20270102_0304-create_chores.json";
    expect(readFileSync(path.join(one.folder, meta), "utf8")).toBe(readFileSync(path.join(other.folder, meta), "utf8"));
  });

  it("needs a name", async () => {
    using copy = copyFolder(bestays);
    await expect(newMigration({ folder: copy.folder, title: "!", isEmpty: true })).rejects.toThrow(/says what happens/);
  });
});
