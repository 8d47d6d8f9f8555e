import { products } from "@whitelabel/shared-config";
import postgres from "postgres";
import { describe, expect, it } from "vitest";
import {
  createAgent,
  createAmenity,
  createAuditLog,
  createListing,
  createPolicy,
  createUser,
} from "./factories/index.ts";
import { at } from "./stores.ts";
import { useCore } from "./use-core.ts";
import { useDatabase } from "./use-database.ts";

async function tryAs(url: string, statement: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
    return "ok";
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await sql.end();
  }
}
const denied = "42501";

for (const product of products)
  describe(`${product.id}: a test's own database`, () => {
    const database = useDatabase(product);
    const second = useDatabase(product);
    const [other = product] = products.filter(({ id }) => id !== product.id);
    const others = useDatabase(other);
    const core = useCore(product);

    it("has the product's tables and belongs to this file alone", async () => {
      expect(database.name).toMatch(new RegExp(`^${product.id}_db_test`));
      await createUser(database.db);
      const count = async ({ url }: { url: string }) => {
        const sql = postgres(url, { max: 1 });
        const rows = await sql`select id from users`;
        await sql.end();
        return rows.length;
      };
      expect([await count(database), await count(second)]).toEqual([1, 0]);
    });

    it("opens to its product's roles only, though it is a copy", async () => {
      expect(await tryAs(database.url, "select 1")).toBe("ok");
      expect(await tryAs(database.migrationUrl, "select 1")).toBe("ok");
      expect(await tryAs(at(database.url, others.name), "select 1")).toBe(denied);
      expect(await tryAs(at(others.url, database.name), "select 1")).toBe(denied);
      expect(await tryAs(at(core.url, database.name), "select 1")).toBe(denied);
      expect(await tryAs(database.url, "create temporary table t (x int)")).toBe(denied);
      expect(await tryAs(database.url, "create table t (x int)")).toBe(denied);
    });

    it("takes a row of every model from the factories", async () => {
      const agent = await createAgent(database.db, ["BKK-01"], { email: "agent@example.test" });
      expect(agent).toMatchObject({ role: "agent", email: "agent@example.test", is_active: true });
      const listing = await createListing(database.db, {
        transaction_type: "sale",
        sale_price: 900_000_000,
        created_by: agent.id,
        translations: { th: "บ้านริมหาด" },
      });
      expect(listing).toMatchObject({ transaction_type: "sale", version: 1, is_published: true });
      expect(await createAmenity(database.db, { code: "pool" })).toMatchObject({ code: "pool" });
      expect(await createPolicy(database.db)).toMatchObject({ category: "general" });
      expect(await createAuditLog(database.db, { entity_id: listing.id })).toMatchObject({ actor_type: "system" });
    });
  });
