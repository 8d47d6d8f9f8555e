import { appendFileSync } from "node:fs";
import path from "node:path";
import { bestays, realestate } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import type { Target } from "./fan-out.ts";
import { migrate } from "./migrate.ts";
import { readStatus } from "./status.ts";
import { describeSchema, makeFolder, useDatabases } from "./test-databases.ts";

const { create } = useDatabases();
const target = (folder: string, migrationUrl: string): Target => ({
  name: "one",
  product: bestays,
  folder,
  migrationUrl,
});

describe("a status", () => {
  it("says of each migration what it is, when it was applied, how long it took and by what version", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    using made = makeFolder({
      "20270101_0001-kept": "create table kept (id integer);",
      "20270101_0002-edited": "-- breaking: nobody reads it\ncreate table edited (id integer);",
      "20270101_0003-own": "-- product-only bestays: only they have it\ncreate table own (id integer);",
    });
    await migrate({ product: bestays, migrationUrl, folder: made.folder, version: "1.2.3" });
    await migrator`insert into schema_migrations (name, sha256, version) values ('20260101_0000-missing', 'x', '1')`;
    await migrator`
      insert into schema_migrations (name, sha256, applied_at, version) values ('20270101_0004-half', 'x', null, '1')`;
    appendFileSync(path.join(made.folder, "20270101_0002-edited.sql"), "-- more\n");
    made.write("20270101_0004-half", "-- no-transaction\nvacuum;");
    made.write("20270101_0005-pending", "select 1;");
    made.write("20270101_0006-foreign", "-- product-only realestate: land\nselect 1;");
    const before = await describeSchema(migrator);

    const [status] = await readStatus([target(made.folder, migrationUrl)]);
    expect(status?.migrations.map(({ name, state }) => [name.slice(14), state])).toEqual([
      ["missing", "missing"],
      ["kept", "applied"],
      ["edited", "edited"],
      ["own", "applied"],
      ["half", "unfinished"],
      ["pending", "pending"],
      ["foreign", "foreign"],
    ]);
    expect(status?.migrations[1]).toEqual({
      name: "20270101_0001-kept",
      state: "applied",
      product_only: null,
      breaking: null,
      applied_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      duration_ms: expect.any(Number),
      version: "1.2.3",
    });
    expect(status?.migrations[2]).toMatchObject({ breaking: "nobody reads it" });
    expect(status?.migrations[3]).toMatchObject({ product_only: "only they have it" });
    expect(await describeSchema(migrator)).toEqual(before);
  });

  it("of an empty database shows everything as pending, and leaves it empty", async () => {
    const { migrationUrl, migrator } = await create(bestays);
    using made = makeFolder({ "20270101_0001-one": "create table one (id integer);" });
    const [status] = await readStatus([target(made.folder, migrationUrl)]);
    expect(status?.migrations).toMatchObject([{ state: "pending", applied_at: null }]);
    expect(await describeSchema(migrator)).toEqual([]);
  });

  it("of a database that cannot be asked or is another's says why, beside the others", async () => {
    const { migrationUrl } = await create(realestate);
    using made = makeFolder({ "20270101_0001-one": "create table one (id integer);" });
    await migrate({ product: realestate, migrationUrl, folder: made.folder });
    const away = "postgres://bestays_migrator:hunter2@127.0.0.1:1/bestays_db";
    const statuses = await readStatus([
      target(made.folder, away),
      target(made.folder, migrationUrl),
      { ...target(made.folder, migrationUrl), product: realestate },
    ]);
    expect(statuses.map(({ error }) => (error as Error | undefined)?.message)).toEqual([
      expect.stringContaining("cannot be opened"),
      expect.stringContaining("belongs to realestate"),
      undefined,
    ]);
  });
});
