import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { useFaultProxy } from "../fault-proxy.ts";
import { productsOfTheDay } from "../nightly.ts";
import { testEnv } from "../test-env.ts";
import { useCore } from "../use-core.ts";
import { useDatabase } from "../use-database.ts";
import { until, useServer } from "../use-server.ts";

for (const product of productsOfTheDay(0))
  describe(`${product.id}: the life of its process`, { timeout: 60_000 }, () => {
    const database = useDatabase(product, { seeded: true });
    const core = useCore(product);

    it("finds out later that core's role can write, and then does without core", async () => {
      const toCore = await useFaultProxy(core.ownerUrl);
      await toCore.refuse();
      const api = await useServer(product, testEnv(product, { url: database.url, coreUrl: toCore.url }));
      await api.readiness(200);
      await toCore.heal();
      await sleep(1500);
      const ready = await (await api.request("/api/health/ready")).json();
      expect(ready).toMatchObject({ status: "degraded", reasons: ["core_unavailable"] });
    });

    it("lives on when its database's connections are cut", async () => {
      const proxy = await useFaultProxy(database.url);
      const api = await useServer(product, testEnv(product, { url: proxy.url, coreUrl: core.url }));
      await api.readiness(200);
      for (let round = 0; round < 10; round++) {
        proxy.cut();
        const { status } = await api.request("/api/v1/properties");
        expect([200, 503]).toContain(status);
      }
      await until(2000, async () => (await api.request("/api/v1/properties")).status === 200);
    });
  });
