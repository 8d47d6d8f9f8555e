import { connect } from "node:net";
import { products } from "@whitelabel/shared-config";
import { createUser, fakeClerk, testEnv, until, useDatabase, useFaultProxy, useServer } from "@whitelabel/test-kit";
import { describe, expect, it } from "vitest";

type Line = Record<string, unknown>;

for (const product of products) {
  describe(`${product.id}: the log of a process`, () => {
    const database = useDatabase(product, { seeded: true });

    async function start(LOG_LEVEL: string, url = database.url) {
      const server = await useServer(product, testEnv(product, { url }, { LOG_LEVEL }));
      await server.listening();
      /** All of them; one that is no JSON fails the test. */
      const lines = () => {
        const whole = server.output().slice(0, server.output().lastIndexOf("\n") + 1);
        return whole
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Line);
      };
      const of = async (id: string) => {
        await until(5_000, async () => lines().some(({ request_id }) => request_id === id)).catch(() => {});
        return lines().filter(({ request_id }) => request_id === id);
      };
      return { server, lines, of };
    }

    it("has one line for each request, with its product and route, and nothing that a person wrote or is called", async () => {
      const email = "canary.ada@lovelace.test";
      const user = await createUser(database.db, { email, display_name: "Canary Ada" });
      const token = await fakeClerk(product).sign({ sub: user.clerk_user_id });
      const { server, lines, of } = await start("trace");
      const path = "/api/v1/properties";
      const cases = [
        [path, {}, { status: 200, route: path, method: "GET" }],
        [`${path}?q=canary&limit=1`, {}, { status: 200, route: path }],
        [`${path}?limit=canary`, {}, { status: 422, route: path, code: "invalid" }],
        [`${path}/canary`, {}, { route: `${path}/:id` }],
        [`${path}/019a9b1e-5d1b-7c3a-8f00-00000000abcd`, {}, { status: 404, route: `${path}/:id`, code: "not_found" }],
        ["/canary", {}, { status: 404, route: "unmatched", code: "not_found" }],
        [path, { method: "DELETE" }, { status: 405, method: "DELETE", code: "method_not_allowed" }],
        [path, { headers: { authorization: "Bearer canary.a.b" } }, { status: 401, code: "unauthenticated" }],
        ["/api/v1/users/me", { headers: { authorization: `Bearer ${token}` } }, { status: 200, user_id: user.id }],
      ] as const;
      for (const [index, [address, init, expected]] of cases.entries()) {
        const id = `request-${1000 + index}`;
        const headers = { ...("headers" in init && init.headers), "X-Request-Id": id, "User-Agent": "canary" };
        await server.request(address, { ...init, headers });
        const written = await of(id);
        expect(written, address).toHaveLength(1);
        expect(written[0]).toMatchObject({ product: product.id, msg: "request", level: "info", ...expected });
        expect(written[0]?.duration_ms).toBeGreaterThanOrEqual(0);
      }
      for (const line of lines()) expect(line).toMatchObject({ product: product.id, time: expect.any(String) });
      expect(server.output()).not.toMatch(/canary|lovelace/i);
      expect(server.output()).not.toContain(token);
    });

    it("has one line for what is no request, too", async () => {
      const { server, lines } = await start("info");
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
      socket.end("CANARY\r\n\r\n");
      for await (const _ of socket);
      const refused = () => lines().filter(({ code }) => code === "bad_request");
      await until(5_000, async () => refused().length > 0);
      expect(refused()).toEqual([expect.objectContaining({ msg: "request", status: 400, route: "unmatched" })]);
      expect(server.output()).not.toContain("CANARY");
    });

    it("says in the line of a request why a store failed it, and at a level that is still heard when others are not", async () => {
      const proxy = await useFaultProxy(database.url);
      const { server, lines, of } = await start("warn", proxy.url);
      await server.readiness(200);
      proxy.freeze();
      const headers = { "X-Request-Id": "request-2000" };
      expect((await server.request("/api/v1/properties", { headers })).status).toBe(503);
      const written = await of("request-2000");
      expect(written).toHaveLength(1);
      expect(written[0]).toMatchObject({ msg: "request", level: "warn", status: 503, code: "unavailable" });
      expect(JSON.stringify(written[0]?.error)).toContain("database: deadline");
      expect(lines().filter(({ level }) => level === "info" || level === "debug")).toEqual([]);
    });

    it("is not there where nobody wants it, and is written to the end where somebody does", async () => {
      const silent = await start("silent");
      await silent.server.request("/api/v1/properties");
      expect(silent.server.output()).toBe("");

      const { server, lines } = await start("info");
      await Promise.all(Array.from({ length: 200 }, () => server.request("/api/v1/config")));
      server.signal("SIGTERM");
      await server.exited;
      expect(lines().filter(({ route }) => route === "/api/v1/config")).toHaveLength(200);
      expect(lines().at(-1)).toMatchObject({ msg: "stopped" });
    });

    it("holds up neither requests nor the end when nobody reads it", async () => {
      const { server } = await start("info");
      server.stopReading();
      // More than fits into a pipe and into Node's own buffer before it.
      for (let round = 0; round < 8; round += 1)
        await Promise.all(Array.from({ length: 200 }, () => server.request("/api/v1/nothing")));
      const signalled = performance.now();
      server.signal("SIGTERM");
      expect(await server.code()).toBe(0);
      expect(performance.now() - signalled).toBeLessThan(10_000);
    });
  });
}
