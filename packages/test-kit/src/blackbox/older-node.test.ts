import { describe, expect, it } from "vitest";
import { productsOfTheDay } from "../nightly.ts";
import { findOlderNode } from "../older-node.ts";
import { testEnv } from "../test-env.ts";
import { testUsers } from "../test-users.ts";
import { useCore } from "../use-core.ts";
import { useDatabase } from "../use-database.ts";
import { startServer } from "../use-server.ts";

const olderNode = findOlderNode();

for (const product of productsOfTheDay(0)) {
  describe(`${product.id}: a bundle in Node ${olderNode?.major ?? 20}`, () => {
    const database = useDatabase(product, { seeded: true });
    const core = useCore(product);
    const users = testUsers(product, () => database.db);

    it.skipIf(!olderNode)("serves, and ends when it is told to", { timeout: 60_000 }, async () => {
      const [branch = ""] = product.development.corePropertyIds;
      const of = `/api/v1/front-desk/branches/${branch}`;
      const env = testEnv(product, { url: database.url, coreUrl: core.url });
      const server = await startServer(product, env, undefined, olderNode?.path);
      try {
        await server.readiness(200);
        const authorization = `Bearer ${await users.token("agent")}`;
        for (const path of [
          "/api/openapi.json",
          "/api/v1/properties?q=villa",
          `${of}/rooms`,
          `${of}/availability?from=2026-12-01&to=2026-12-03`,
        ]) {
          const { status } = await server.request(path, { headers: { authorization } });
          expect([path, status]).toEqual([path, 200]);
        }
        server.signal("SIGTERM");
        expect(await server.code()).toBe(0);
      } finally {
        await server.kill();
      }
    });

    it.skipIf(olderNode)("was not tried: there is no older Node on the PATH", () => {
      console.warn(`The bundle was not tried in another Node than ${process.version}`);
    });
  });
}
