import { products } from "@whitelabel/shared-config";
import { GenericContainer, type StartedTestContainer } from "testcontainers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asSuperuser } from "../copy-database.ts";
import { describeWithDocker } from "../describe-with-docker.ts";
import { createUser } from "../factories/index.ts";
import { fakeClerk } from "../fake-clerk.ts";
import { testEnv } from "../test-env.ts";
import { useOwnCore } from "../use-core.ts";
import { useDatabase } from "../use-database.ts";
import { useServer } from "../use-server.ts";

const name = "Quillonbrea";

for (const product of products)
  describeWithDocker(`${product.id}: with Redis`, () => {
    const core = useOwnCore(product);
    const database = useDatabase(product, { seeded: true });
    const [branch] = product.development.corePropertyIds;
    const board = `/api/v1/front-desk/bookings?property_id=${branch}&view=in_house`;
    let redis: StartedTestContainer;

    beforeAll(async () => {
      redis = await new GenericContainer("redis:8-alpine")
        // The append-only file keeps every write that there ever was, in clear.
        .withCommand(["redis-server", "--appendonly", "yes", "--aof-use-rdb-preamble", "no"])
        .withExposedPorts(6379)
        .start();
    }, 60_000);
    afterAll(() => redis?.stop({ timeout: 0 }));

    it("leaves no guest's name there, and loses nothing but speed when it is killed", async () => {
      await asSuperuser(core.ownerUrl, (sql) => sql`update bookings set first_name = ${name}, last_name = ${name}`);
      const admin = await createUser(database.db, { role: "admin" });
      const headers = { authorization: `Bearer ${await fakeClerk(product).sign({ sub: admin.clerk_user_id })}` };
      const api = await useServer(product, {
        ...testEnv(product, { url: database.url, coreUrl: core.url }),
        REDIS_URL: `redis://${redis.getHost()}:${redis.getMappedPort(6379)}/${product.redisDb}`,
        LOG_LEVEL: "debug",
      });
      await api.listening();
      const ready = async () => (await (await api.request("/api/health/ready")).json()) as { status: string };
      const ask = (path: string) =>
        api.request(path, { headers }).then(async (r) => [r.status, await r.text()] as const);
      await expect.poll(async () => (await ready()).status).toBe("ok");

      const [status, shown] = await ask(board);
      expect([status, shown.includes(name)]).toEqual([200, true]);
      for (let i = 0; i < 20; i += 1)
        await Promise.all([ask(board), ask("/api/v1/properties"), ask("/api/v1/users/me")]);

      const written = await redis.exec(["sh", "-c", "cat /data/appendonlydir/*"]);
      expect(written.exitCode).toBe(0);
      expect(written.output).not.toContain(name);
      expect(api.output()).not.toContain(name);

      await redis.exec(["redis-cli", "shutdown", "nosave"]).catch(() => {}); // the container ends under the call
      await expect.poll(async () => (await ready()).status, { timeout: 5_000 }).toBe("degraded");
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, i) => ask(i % 2 ? board : "/api/v1/properties")),
      );
      expect(answers.map(([code]) => code)).toEqual(answers.map(() => 200));
    }, 60_000);
  });
