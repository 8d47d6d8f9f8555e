import { bestays } from "@whitelabel/shared-config";
import { openDatabase, REQUIRED_MIGRATION } from "@whitelabel/shared-db";
import { afterAll, describe, expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import { readFolder } from "./read-folder.ts";
import { copyFolder, useDatabases } from "./test-databases.ts";

const { create } = useDatabases();
const open: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(open.map((database) => database.close())));

async function prepare() {
  const database = await create(bestays);
  const api = () => {
    const opened = openDatabase({ url: database.urlAs(bestays.runtimeRole), productId: bestays.id, max: 1 });
    open.push(opened);
    return opened;
  };
  const copy = copyFolder(bestays);
  const run = (to?: string) =>
    migrate({ product: bestays, migrationUrl: database.migrationUrl, folder: copy.folder, to });
  return { ...database, api, copy, run };
}

describe("code and the schema under it", () => {
  it("do not go together while the database lacks what the code needs", async () => {
    const { api, copy, run } = await prepare();
    using _ = copy;
    await run(readFolder(copy.folder)[0]?.name);
    expect(await api().health()).toEqual({ database: "schema_behind", schema_version: null });
    await expect(api().sql`select 1`).rejects.toMatchObject({ reason: "schema_behind" });
    await run();
    expect(await api().health()).toEqual({
      database: "connected",
      schema_version: readFolder(copy.folder).at(-1)?.name,
    });
  });

  it("go together when the database is newer", async () => {
    const { api, copy, run } = await prepare();
    using _ = copy;
    copy.write("20991231_2358-newer", "create table newer (id integer primary key);");
    await run();
    expect(await api().health()).toEqual({ database: "connected", schema_version: "20991231_2358-newer" });
  });

  it.each(["20991231_2359-drops", "20200101_0000-drops_late"])(
    "do not when a breaking migration lies between, whatever its date (%s)",
    async (name) => {
      const { api, copy, run, migrator } = await prepare();
      using _ = copy;
      await run();
      const before = api();
      expect(await before.health()).toMatchObject({ database: "connected" });

      copy.write(name, "-- breaking: no code reads it any more\nalter table users drop column display_name;");
      await run();
      expect(await migrator`select name from schema_migrations where is_breaking`).toEqual([{ name }]);
      expect(await before.health()).toEqual({ database: "schema_behind", schema_version: null });
      await expect(api().sql`select 1`).rejects.toMatchObject({ reason: "schema_behind" });
    },
  );

  it("do not while the needed migration is only half done", async () => {
    const { api, copy, run, migrator } = await prepare();
    using _ = copy;
    await run();
    await migrator`update schema_migrations set applied_at = null where name = ${REQUIRED_MIGRATION}`;
    expect(await api().health()).toMatchObject({ database: "schema_behind" });
  });

  it("go together on a ledger of the first runner, which the next run renews", async () => {
    const { api, copy, run, migrator } = await prepare();
    using _ = copy;
    await run();
    await migrator`alter table schema_migrations drop column is_breaking, drop column started_at`;
    await migrator`alter table schema_migrations alter column applied_at set not null`;
    expect(await api().health()).toMatchObject({ database: "connected" });
    expect((await run()).applied).toEqual([]);
    expect(
      await migrator`select count(*) from schema_migrations where not is_breaking and started_at <= applied_at`,
    ).toEqual([{ count: `${readFolder(copy.folder).length}` }]);
  });
});
