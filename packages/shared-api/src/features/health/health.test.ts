import { products } from "@whitelabel/shared-config";
import { REQUIRED_MIGRATION } from "@whitelabel/shared-db";
import { type FaultProxy, productsOfTheDay, startFaultProxy, useApp } from "@whitelabel/test-kit";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createApp } from "../../app.ts";
import { bodyOf } from "../../test-support.ts";

type Health = { database: string; schema_version: string };

for (const product of productsOfTheDay(1)) {
  describe(`${product.id}: health`, () => {
    let database: FaultProxy;
    let core: FaultProxy;
    const kit = useApp(product, {
      through: async ({ url, coreUrl }) => {
        [database, core] = await Promise.all([startFaultProxy(url), startFaultProxy(coreUrl ?? "")]);
        return { url: database.url, coreUrl: core.url };
      },
    });
    const ready = async () => {
      const response = await kit.request("/api/health/ready");
      return { http: response.status, ...(await bodyOf<{ status: string; reasons: string[] }>(response)) };
    };
    afterEach(async () => {
      await Promise.all([database.heal(), core.heal()]);
      await expect.poll(async () => (await ready()).status, { timeout: 5_000 }).toBe("ok");
    });
    afterAll(() => Promise.all([database.close(), core.close()]));

    it("says that all is well", async () => {
      expect(await (await kit.request("/api/health")).json()).toEqual({ status: "ok", product: product.id });
      const db = await kit.request("/api/health/db");
      expect(await db.json()).toEqual({
        status: "ok",
        database: "connected",
        product: product.id,
        schema_version: expect.stringMatching(/^\d{8}_\d{4}-/),
      });
      const { schema_version } = await bodyOf<Health>(kit.request("/api/health/db"));
      expect(REQUIRED_MIGRATION <= schema_version).toBe(true);
      expect(await ready()).toEqual({ http: 200, status: "ok", product: product.id, reasons: [] });
    });

    it("asks the stores once for all who ask at the same time, and anew for whoever comes later", async () => {
      let asked = 0;
      const counted = {
        ...kit.deps.database,
        health: () => {
          asked += 1;
          return kit.deps.database.health();
        },
      };
      const lifecycle = { isClosing: false };
      const app = createApp(product, { ...kit.deps, database: counted, lifecycle });
      for (const path of ["/api/health/db", "/api/health/ready"]) {
        asked = 0;
        const answers = await Promise.all(Array.from({ length: 50 }, () => app.request(path)));
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
        expect([path, asked]).toEqual([path, 1]);
        await app.request(path);
        expect([path, asked]).toEqual([path, 2]);
      }
      // Nobody is told that all is well by a question asked before the end began.
      const early = app.request("/api/health/ready");
      lifecycle.isClosing = true;
      expect((await early).status).toBe(503);
    });

    it("says so in time when the database says nothing, and lives", async () => {
      database.freeze();
      const started = performance.now();
      const db = await kit.request("/api/health/db");
      expect(db.status).toBe(503);
      expect(await db.json()).toEqual({
        status: "error",
        database: "disconnected",
        product: product.id,
        schema_version: null,
      });
      expect(await ready()).toEqual({
        http: 503,
        status: "unavailable",
        product: product.id,
        reasons: ["database_disconnected"],
      });
      expect(performance.now() - started).toBeLessThan(6_000);
      expect((await kit.request("/api/health")).status).toBe(200);
    });

    it("is degraded without core", async () => {
      core.freeze();
      await expect
        .poll(ready, { timeout: 10_000 })
        .toEqual({ http: 200, status: "degraded", product: product.id, reasons: ["core_unavailable"] });
    });

    it("is not ready while the process leaves", async () => {
      kit.deps.lifecycle.isClosing = true;
      expect(await ready()).toEqual({
        http: 503,
        status: "unavailable",
        product: product.id,
        reasons: ["shutting_down"],
      });
      kit.deps.lifecycle.isClosing = false;
    });
  });
}

for (const product of products) {
  describe(`${product.id}: health on another product's database`, () => {
    const others = products.filter(({ id }) => id !== product.id);
    for (const other of others) {
      const stranger = useApp(other);
      const kit = useApp(product, { through: async () => ({ url: stranger.database.url, coreUrl: undefined }) });

      it("says that it is the wrong one, and serves nothing from it", async () => {
        const db = await kit.request("/api/health/db");
        expect([db.status, (await bodyOf<Health>(db)).database]).toEqual([503, "wrong_database"]);
        const response = await kit.request("/api/v1/properties");
        expect([response.status, (await bodyOf(response)).code]).toEqual([503, "wrong_database"]);
      });
    }
  });
}
