import { setTimeout as sleep } from "node:timers/promises";
import { products } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { startFaultProxy, useFaultProxy } from "../fault-proxy.ts";
import { testEnv } from "../test-env.ts";
import { useCore } from "../use-core.ts";
import { useDatabase } from "../use-database.ts";
import { until, useServer } from "../use-server.ts";

for (const product of products)
  describe(`${product.id}: the life of its process`, () => {
    const database = useDatabase(product, { seeded: true });
    const core = useCore(product);

    it("starts with every store away, says so, and joins by itself once they are there", async () => {
      const toDatabase = await useFaultProxy(database.url);
      const toCore = await useFaultProxy(core.url);
      await Promise.all([toDatabase.refuse(), toCore.refuse()]);

      const api = await useServer(product, testEnv(product, { url: toDatabase.url, coreUrl: toCore.url }));
      await api.listening();
      expect((await api.request("/api/health")).status).toBe(200);
      expect((await api.request("/api/health/ready")).status).toBe(503);
      expect((await api.request("/api/v1/properties")).status).toBe(503);

      await Promise.all([toDatabase.heal(), toCore.heal()]);
      await api.readiness(200, 2000);
      expect((await api.request("/api/v1/properties")).status).toBe(200);
    });

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

    it("finishes the requests in flight on SIGTERM, and exits 0", async () => {
      const proxy = await useFaultProxy(database.url);
      const api = await useServer(product, testEnv(product, { url: proxy.url, coreUrl: core.url }));
      await api.readiness(200);
      const listings = () => Promise.all(Array.from({ length: 5 }, () => api.request("/api/v1/properties")));
      proxy.delay(20);
      await listings(); // opens a connection for each, which takes many steps

      proxy.delay(300);
      const inFlight = listings();
      await sleep(100);
      api.signal("SIGTERM");
      await sleep(50);
      const ready = await api.request("/api/health/ready").catch(() => undefined);
      expect(ready?.status ?? 503, "new requests are refused, or told so").toBe(503);
      expect((await inFlight).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(await api.exited).toMatchObject({ code: 0, signal: null });
    });

    it("exits 0 within 10 s of SIGTERM with its database hung", async () => {
      const proxy = await useFaultProxy(database.url);
      const api = await useServer(product, testEnv(product, { url: proxy.url, coreUrl: core.url }));
      await api.readiness(200);
      proxy.freeze();
      const inFlight = api.request("/api/v1/properties").catch(() => undefined);
      await sleep(100);
      const start = performance.now();
      api.signal("SIGTERM");
      expect(await api.exited).toMatchObject({ code: 0, signal: null });
      expect(performance.now() - start).toBeLessThan(10_000);
      await inFlight;
    });

    it("ends with a sentence when its port is taken", async () => {
      const first = await useServer(product, testEnv(product, { url: database.url }));
      await first.listening();
      const second = await useServer(product, testEnv(product, { url: database.url }), Number(new URL(first.url).port));
      expect((await second.exited).code).not.toBe(0);
      expect(second.output()).toMatch(/EADDRINUSE|taken/);
    });

    it("lives on when its database's connections are cut", async () => {
      const proxy = await startFaultProxy(database.url);
      const api = await useServer(product, testEnv(product, { url: proxy.url, coreUrl: core.url }));
      await api.readiness(200);
      for (let round = 0; round < 10; round++) {
        proxy.cut();
        const { status } = await api.request("/api/v1/properties");
        expect([200, 503]).toContain(status);
      }
      await until(2000, async () => (await api.request("/api/v1/properties")).status === 200);
      await api.kill();
      await proxy.close();
    });
  });
