import { type Core, openCore } from "@whitelabel/core-readonly";
import { products } from "@whitelabel/shared-config";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { grantCoreReaders, provisionCore } from "../provision/provision-core.ts";
import { createDemoCore } from "./create-demo-core.ts";

const today = "2026-11-21";
let server: Server;
let urls: Record<string, string>;
let ownerUrl: string;

beforeAll(async () => {
  server = await startThrowawayPostgres();
  const { superuserUrl } = server;
  const readers = products.map(({ coreReaderRole: role }) => ({ role, password: "reader-password" }));
  const made = await provisionCore({ superuserUrl, ownerPassword: "owner-password", readers });
  ({ ownerUrl, readerUrls: urls } = made);
  await createDemoCore({ ownerUrl, today });
  await grantCoreReaders({ superuserUrl, roles: readers.map(({ role }) => role) });
});
afterAll(() => server?.stop());

describe.each(products)("$id in the demo core, provisioned as in development", (product) => {
  let core: Core;
  let sql: postgres.Sql;

  beforeAll(() => {
    const url = urls[product.coreReaderRole] ?? "";
    core = openCore({ url, propertyIds: product.development.corePropertyIds });
    sql = postgres(url, { max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    await core?.close();
    await sql?.end();
  });

  it("may read our columns and do nothing else", async () => {
    expect(await core.prove()).toEqual({ problems: [], warnings: [] });
    expect(await core.check()).toEqual([]);
  });

  it("is refused every other column, one by one", async () => {
    const owner = postgres(ownerUrl, { max: 1 });
    const columns =
      await owner`select table_name, column_name from information_schema.columns where table_schema = 'public'`;
    await owner.end();
    const readable: string[] = [];
    for (const { table_name, column_name } of columns) {
      const read = sql.unsafe(`select ${column_name} from public.${table_name} limit 1`);
      await read.then(
        () => readable.push(`${table_name}.${column_name}`),
        (error) => expect(error.code).toBe("42501"),
      );
    }
    expect(columns.length).toBeGreaterThan(60);
    expect(readable).toHaveLength(28); // the contract's
    expect(
      readable.filter((name) => /phone|mail|note|document|nation|card|guest_id|born|door|cost/.test(name)),
    ).toEqual([]);
  });

  it("sees a full board in each of its branches and nothing of another", async () => {
    const branches = await core.listBranches();
    const seen = branches.map(({ property_id }) => property_id);
    expect(seen.sort()).toEqual([...product.development.corePropertyIds].sort());
    for (const property_id of ["BKK-01", "LIS-01", "NYC-01"]) {
      const arrivals = await core.listBookings({ property_id, day: today, view: "arrivals" });
      expect(arrivals.length >= 5).toBe(seen.includes(property_id));
      for (const { status } of arrivals) expect(status).not.toBe("cancelled");
    }
  });
});
