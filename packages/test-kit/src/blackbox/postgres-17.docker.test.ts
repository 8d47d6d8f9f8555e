import { products } from "@whitelabel/shared-config";
import { GenericContainer, type StartedTestContainer, Wait } from "testcontainers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asSuperuser } from "../copy-database.ts";
import { describeWithDocker } from "../describe-with-docker.ts";
import { createUser } from "../factories/index.ts";
import { fakeClerk } from "../fake-clerk.ts";
import { makeStores } from "../make-stores.ts";
import type { Stores } from "../stores.ts";
import { testEnv } from "../test-env.ts";
import { createCore } from "../use-core.ts";
import { createDatabase } from "../use-database.ts";
import { useServer } from "../use-server.ts";

describeWithDocker("the oldest PostgreSQL that serves, with pgvector", () => {
  let container: StartedTestContainer;
  let stores: Stores;

  beforeAll(async () => {
    container = await new GenericContainer("pgvector/pgvector:pg17")
      .withEnvironment({ POSTGRES_PASSWORD: "for-this-test-only" })
      .withExposedPorts(5432)
      .withTmpFs({ "/var/lib/postgresql/data": "rw" })
      // Twice: the server that sets up the data says it too.
      .withWaitStrategy(Wait.forLogMessage("database system is ready to accept connections", 2))
      .start();
    const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
    stores = await makeStores({ superuserUrl: `postgres://postgres:for-this-test-only@${address}/postgres` });
  }, 120_000);
  afterAll(() => container?.stop());

  for (const product of products)
    it(`is provisioned, migrated and seeded for ${product.id}, whose API serves from it`, async () => {
      const database = await createDatabase(product, { seeded: true }, stores);
      const core = await createCore(product, stores);
      const admin = await createUser(database.db, { role: "admin" });
      const headers = { authorization: `Bearer ${await fakeClerk(product).sign({ sub: admin.clerk_user_id })}` };

      const api = await useServer(product, testEnv(product, { url: database.url, coreUrl: core.url }));
      await api.readiness(200);
      const [branch] = product.development.corePropertyIds;
      for (const path of ["/v1/properties", `/v1/front-desk/bookings?property_id=${branch}&view=in_house`]) {
        const response = await api.request(`/api${path}`, { headers });
        const { items } = (await response.json()) as { items: unknown[] };
        expect([path, response.status, items.length > 0]).toEqual([path, 200, true]);
      }
      const extensions = await asSuperuser(database.migrationUrl, (sql) => sql`select extname from pg_extension`);
      expect(extensions.map(({ extname }) => extname)).toContain("vector");
      await database.drop();
    });
});
