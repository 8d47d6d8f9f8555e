import { products } from "@whitelabel/shared-config";
import { testEnv, useDatabase, useServer } from "@whitelabel/test-kit";
import postgres from "postgres";
import { describe, expect, it } from "vitest";

for (const product of products) {
  describe(`${product.id}: a process whose database is behind`, () => {
    const database = useDatabase(product);

    it("starts, serves nothing of it, and says with which command it is brought up to date", async () => {
      const sql = postgres(database.migrationUrl, { max: 1 });
      await sql`delete from schema_migrations`.finally(() => sql.end());
      const server = await useServer(product, testEnv(product, { url: database.url }));
      await server.listening();
      await server.readiness(503);
      expect(server.output()).toContain(`\`pnpm migrate ${product.id}\``);
    });
  });
}
