import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import type { Product } from "@whitelabel/shared-config";
import {
  type FaultProxy,
  freePort,
  productsOfTheDay,
  startFaultProxy,
  startServer,
  type TestServer,
  testEnv,
  until,
  useCore,
  useDatabase,
  useServer,
} from "@whitelabel/test-kit";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

type Labels = Record<string, string>;

/** The sum of the samples of a name with at least these labels; undefined if there is none. */
function sumOf(text: string, name: string, labels: Labels = {}): number | undefined {
  const samples = text.split("\n").filter((line) => line.startsWith(`${name}{`));
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const fitting = samples.filter((line) => wanted.every((label) => line.includes(label)));
  return fitting.length === 0 ? undefined : fitting.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

for (const product of productsOfTheDay(0)) {
  describe(`${product.id}: the metrics of a process`, () => {
    const database = useDatabase(product, { seeded: true });
    const core = useCore(product);

    const envWith = (url: string, port: number) =>
      testEnv(product, { url, coreUrl: core.url }, { METRICS_PORT: String(port) });

    let proxy: FaultProxy;
    let server: TestServer;
    let port: number;
    let url: string;
    beforeAll(async () => {
      [proxy, port] = await Promise.all([startFaultProxy(database.url), freePort()]);
      url = `http://127.0.0.1:${port}`;
      server = await startServer(product, envWith(proxy.url, port));
      await server.readiness(200); // reads core, too
    });
    afterAll(async () => {
      await server?.kill();
      await proxy?.close();
    });
    const scrape = async () => (await fetch(`${url}/metrics`)).text();

    const listing = (product: Product, server: TestServer) =>
      server.request(`/api/v1/properties?limit=1&q=${encodeURIComponent(`${product.name} canary`)}`);

    it("move with requests, by route and never by what a caller wrote, each with its product", async () => {
      const before = await scrape();

      const route = "/api/v1/properties";
      for (let i = 0; i < 3; i += 1) expect((await listing(product, server)).status).toBe(200);
      const id = "019a9b1e-5d1b-7c3a-8f00-00000000abcd";
      await server.request(`${route}/${id}`, { headers: { "X-Request-Id": "canary-request-1", "X-Canary": "canary" } });
      await server.request("/canary/ada@lovelace.test");
      await server.request(route, { method: "PROPFIND" });
      await server.request(route, { headers: { authorization: "Bearer canary.canary.canary" } });
      const after = await scrape();

      const count = (text: string, labels: Labels) => sumOf(text, "http_request_duration_seconds_count", labels) ?? 0;
      const moved = (labels: Labels) => count(after, labels) - count(before, labels);
      expect(moved({ method: "GET", route, status_class: "2xx" })).toBe(3);
      expect(moved({ route: `${route}/:id`, status_class: "4xx" })).toBe(1);
      expect(moved({ method: "GET", route, status_class: "4xx" })).toBe(1);
      expect(moved({ method: "GET", route: "unmatched", status_class: "4xx" })).toBe(1);
      expect(moved({ method: "other", status_class: "4xx" })).toBe(1);
      expect(sumOf(after, "http_problems_total", { code: "unauthenticated" })).toBe(1);

      for (const store of ["database", "core"]) {
        for (const name of ["db_query_duration_seconds_count", "db_pool_wait_seconds_count"])
          expect(sumOf(after, name, { store }), name).toBeGreaterThan(0);
        expect(sumOf(after, "db_connections_total", { store })).toBeGreaterThan(0);
        expect(sumOf(after, "db_connections_active", { store })).toBe(0);
        expect(sumOf(after, "db_connections_max", { store })).toBeGreaterThan(0);
        expect(sumOf(after, "db_pool_waiting", { store })).toBe(0);
        expect(sumOf(after, "store_up", { store })).toBe(1);
      }
      expect(sumOf(after, "store_up", { store: "redis" })).toBeUndefined(); // there is none
      const queries = (text: string) => sumOf(text, "db_query_duration_seconds_count", { store: "database" }) ?? 0;
      expect(queries(after) - queries(before)).toBeGreaterThanOrEqual(3);
      for (const name of ["process_cpu_seconds_total", "process_resident_memory_bytes", "nodejs_eventloop_lag_seconds"])
        expect(sumOf(after, name), name).toBeDefined();

      const docs = readFileSync(new URL("../../../../docs/observability.md", import.meta.url), "utf8");
      for (const [, name = ""] of after.matchAll(/^# HELP (\w+)/gm))
        expect(docs).toContain(/^(process|nodejs)_/.test(name) ? "`process_*`, `nodejs_*`" : `\`${name}\``);

      for (const line of after.split("\n").filter((line) => line && !line.startsWith("#")))
        expect(line).toContain(`product="${product.id}"`);
      for (const secret of ["canary", id, "lovelace", database.name, new URL(database.url).password])
        expect(after).not.toContain(secret);
    });

    it("say that a frozen database is down, and that it is back", async () => {
      expect(sumOf(await scrape(), "store_up", { store: "database" })).toBe(1);

      proxy.freeze();
      await Promise.all([1, 2, 3, 4].map(() => listing(product, server)));
      const frozen = await scrape();
      expect(sumOf(frozen, "store_up", { store: "database" })).toBe(0);
      expect(sumOf(frozen, "store_up", { store: "core" })).toBe(1);
      expect(sumOf(frozen, "store_failures_total", { store: "database" })).toBeGreaterThanOrEqual(3);
      expect(sumOf(frozen, "http_problems_total", { code: "unavailable" })).toBe(4);

      await proxy.heal();
      await until(5_000, async () => sumOf(await scrape(), "store_up", { store: "database" }) === 1);
    });

    it("have a port of their own, and nothing else is on it", async () => {
      expect((await server.request("/metrics")).status).toBe(404);
      const response = await fetch(`${url}/metrics`);
      expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
      const statuses = await Promise.all(
        [
          fetch(`${url}/`),
          fetch(`${url}/api/health`),
          fetch(`${url}/metrics/x`),
          fetch(`${url}/metrics`, { method: "POST", body: "x".repeat(100_000) }),
        ].map(async (answer) => (await answer).status),
      );
      expect(statuses).toEqual([404, 404, 404, 405]);

      // Whoever is slow on purpose is let go, and nobody else notices.
      const slow = connect(port, "127.0.0.1");
      slow.write("GET /metrics HTTP/1.1\r\n");
      const closed = new Promise((resolve) => slow.on("close", resolve).on("error", () => {}));
      expect((await fetch(`${url}/metrics`)).status).toBe(200);
      slow.resume();
      await closed;
    });

    it("are told to the last, and keep nobody from leaving", async () => {
      const idle = connect(port, "127.0.0.1").on("error", () => {});
      proxy.freeze();
      const hanging = listing(product, server);
      server.signal("SIGTERM");
      expect((await hanging).status).toBe(503);
      expect((await fetch(`${url}/metrics`)).status).toBe(200);
      expect((await server.exited).code).toBe(0);
      expect(server.output()).toContain('"msg":"stopped"'); // what was logged last is written before the end
      idle.destroy();
    });

    it("need a port that is free", async () => {
      const taken = createServer().listen(0, "127.0.0.1");
      onTestFinished(() => void taken.close());
      await once(taken, "listening");
      const { port } = taken.address() as AddressInfo;
      const second = await useServer(product, envWith(database.url, port));
      expect((await second.exited).code).toBe(1);
      expect(second.stderr()).toBe(`METRICS_PORT: ${port} is taken by another process\n`);
    });
  });
}
