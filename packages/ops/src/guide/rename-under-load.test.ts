import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bestays } from "@whitelabel/shared-config";
import { dataDictionary } from "@whitelabel/shared-db";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ScratchServer, scratchServer } from "../drift/expected-schema.ts";
import { type Server, startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { migrateDown } from "../migrate/down.ts";
import { migrate } from "../migrate/migrate.ts";
import { readFolder } from "../migrate/read-folder.ts";
import { folderOf } from "../migrate/test-databases.ts";
import { checkMigrations } from "../migration-check/migration-check.ts";
import { readGuide } from "./read-guide.ts";

// Later than all that are there, whenever somebody runs this.
const blocks = readGuide("Expand and contract")
  .filter(({ language }) => language === "sql")
  .map(({ file, text }) => ({ text, file: file.replace(/^\d{4}/, "2099") }));
const [expand, fill, contract] = blocks
  .filter(({ file }) => !file.endsWith(".down.sql"))
  .map(({ file }) => file.slice(0, -4));

let server: Server;
let scratch: ScratchServer;
let folder: string;
beforeAll(async () => {
  server = await startThrowawayPostgres();
  scratch = scratchServer(server.superuserUrl);
  folder = mkdtempSync(path.join(os.tmpdir(), "whitelabel-guide-"));
  cpSync(folderOf(bestays), folder, { recursive: true });
  const last = readFolder(folder).at(-1)?.name;
  for (const { file, text } of blocks) {
    writeFileSync(path.join(folder, file), text);
    const meta = path.join(folder, "meta", file.replace(".sql", ".json"));
    if (!file.endsWith(".down.sql")) cpSync(path.join(folder, `meta/${last}.json`), meta);
  }
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const WORKERS = 6;
const ROWS = 3_000; // six batches of the guide's back-fill

/** One client of the app: it writes its own rows and reads them back, in the words of one version. */
function startClient(sql: Sql, ids: readonly number[]) {
  const client = {
    column: "display_name",
    requests: 0,
    acknowledged: new Map<number, string>(),
    failures: [] as string[],
    lost: [] as string[],
    end,
  };
  let isOver = false;
  const working = work();

  async function work(): Promise<void> {
    for (let turn = 0; !isOver; turn++) {
      const id = ids[turn % ids.length] as number;
      const { column, acknowledged } = client; // a request is of one version from its begin to its end
      try {
        const value = `${column} ${turn}`;
        await sql`update users set ${sql(column)} = ${value} where id = ${id}`;
        acknowledged.set(id, value);
        const other = ids[(turn * 7) % ids.length] as number;
        const [row] = await sql`select ${sql(column)} as value from users where id = ${other}`;
        const expected = acknowledged.get(other);
        if (expected !== undefined && row?.value !== expected)
          client.lost.push(`${other}: ${row?.value}, not ${expected}`);
      } catch (error) {
        client.failures.push(String(error));
      }
      client.requests += 2;
    }
  }
  async function end(): Promise<void> {
    isOver = true;
    await working;
    await sql.end({ timeout: 1 });
  }
  return client;
}

it("renames a column under readers and writers of both versions: no failed request, no lost write", async () => {
  const { migrationUrl, databaseUrl } = await scratch.create(bestays);
  const run = { product: bestays, migrationUrl, folder };
  await migrate({ ...run, to: readFolder(folder).at(-4)?.name });
  const owner = postgres(migrationUrl, { max: 1 });
  await owner`
    insert into users (clerk_user_id, display_name) select 'user_' || n, 'name ' || n from generate_series(1, ${ROWS}) n`;
  const rows = await owner<{ id: number }[]>`select id from users order by id`;

  const clients = Array.from({ length: WORKERS }, (_, index) => {
    const ids = rows.filter((_, at) => at % WORKERS === index).map(({ id }) => id);
    return startClient(postgres(databaseUrl, { max: 2, onnotice: () => {} }), ids);
  });
  const served = async () => {
    const before = clients.map(({ requests }) => requests);
    while (clients.some(({ requests }, index) => requests < (before[index] ?? 0) + 20)) await sleep(5);
  };

  await served();
  await migrate({ ...run, to: expand });
  await served();
  expect((await migrate({ ...run, to: fill })).applied).toHaveLength(1);
  const unfilled = await owner`select count(*)::int as rows from users where public_name is distinct from display_name`;
  expect(unfilled).toEqual([{ rows: 0 }]);
  for (const client of clients) {
    client.column = "public_name"; // one instance after the other is replaced
    await served();
  }
  await migrate({ ...run, to: contract });
  await served();
  await Promise.all(clients.map((client) => client.end()));

  const stored = new Map((await owner`select id, public_name from users`).map((row) => [row.id, row.public_name]));
  for (const { failures, lost, acknowledged } of clients) {
    expect(failures).toEqual([]);
    expect(lost).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(10);
    for (const [id, value] of acknowledged) expect(stored.get(id)).toBe(value);
  }
  // Rows that nobody wrote to kept their names, through the back-fill and back again.
  const touched = new Set(clients.flatMap(({ acknowledged }) => [...acknowledged.keys()]));
  for (const [id, name] of stored) if (!touched.has(id)) expect(name).toMatch(/^name \d+$/);
  await migrateDown({ ...run, extent: { steps: 1 }, agree: async () => true });
  const back = await owner`select count(*)::int as rows from users where display_name is distinct from public_name`;
  expect(back).toEqual([{ rows: 0 }]);
  await owner.end({ timeout: 1 });
});

it("is written as the check demands it", async () => {
  const dictionary = { ...dataDictionary, "users.public_name": "staff_data" } as const;
  expect(await checkMigrations({ folders: [{ product: bestays, folder }], dictionary, server: scratch })).toEqual([]);
});
