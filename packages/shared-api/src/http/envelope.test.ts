import { products } from "@whitelabel/shared-config";
import { useApp } from "@whitelabel/test-kit";
import { Hono } from "hono";
import { beforeEach, describe, expect, it } from "vitest";
import type { AppEnv } from "../deps.ts";
import { bodyOf } from "../test-support.ts";
import { envelope } from "./envelope.ts";

for (const product of products) {
  describe(`${product.id}: what surrounds every answer`, () => {
    const app = useApp(product);
    const origin = product.frontendUrl.development;
    beforeEach(() => app.lines.clear());

    it("names the product and the request, and forbids sniffing, framing and keeping", async () => {
      const { headers } = await app.request("/api/health");
      expect(headers.get("x-product")).toBe(product.id);
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("strict-transport-security")).toBeNull();
    });

    it("takes over a caller's request id if it looks like one", async () => {
      const id = async (given: string) =>
        (await app.request("/api/health", { headers: { "x-request-id": given } })).headers.get("x-request-id");
      expect(await id("trace-0123456789")).toBe("trace-0123456789");
      for (const strange of ["short", "with space 123", "<script>alert(1)</script>", "x".repeat(65), "ümlaut-12345"]) {
        expect(await id(strange)).not.toBe(strange);
      }
    });

    it("lets pages of the product's frontend read answers, and no other page", async () => {
      const grantTo = async (from: string) => {
        const { headers } = await app.request("/api/v1/config", { headers: { origin: from } });
        expect(headers.get("vary")).toContain("Origin");
        expect(headers.get("access-control-allow-credentials")).toBeNull();
        return headers.get("access-control-allow-origin");
      };
      expect(await grantTo(origin)).toBe(origin);
      const others = products.filter(({ id }) => id !== product.id).map(({ frontendUrl }) => frontendUrl.development);
      const lookAlikes = [`${origin}.example.test`, `${origin}/`, `${origin}0`, origin.toUpperCase(), "null", "*"];
      for (const stranger of [...others, ...lookAlikes]) expect(await grantTo(stranger)).toBeNull();
    });

    it("answers a preflight of the frontend with the methods of the path", async () => {
      const ask = (from: string, path = "/api/v1/config") =>
        app.request(path, { method: "OPTIONS", headers: { origin: from, "access-control-request-method": "GET" } });
      const granted = await ask(origin);
      expect(granted.status).toBe(204);
      expect(granted.headers.get("access-control-allow-origin")).toBe(origin);
      expect(granted.headers.get("access-control-allow-methods")).toBe("GET, HEAD, OPTIONS");
      const accepted = granted.headers.get("access-control-allow-headers")?.toLowerCase().split(", ");
      const sent = ["authorization", "content-type", "idempotency-key", "if-match", "last-event-id", "x-request-id"];
      expect(accepted).toEqual(expect.arrayContaining([...sent, "traceparent"]));
      expect(Number(granted.headers.get("access-control-max-age"))).toBeGreaterThan(0);

      const refused = await ask("https://example.test");
      expect(refused.headers.get("access-control-allow-origin")).toBeNull();
      expect(refused.headers.get("access-control-allow-methods")).toBeNull();
      expect((await ask(origin, "/api/nothing")).status).toBe(404);
    });

    it("keeps nothing of an answer that a token opened", async () => {
      expect((await app.request("/api/v1/config")).headers.get("cache-control")).toContain("public");
      expect((await app.request("/api/v1/config", { as: "user" })).headers.get("cache-control")).toBe("no-store");
    });

    it("writes one line a request, with the pattern of the route and nothing of the caller's text", async () => {
      const id = "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10";
      await app.request(`/api/v1/properties/${id}?locale=en&q=Ada+Example`, {
        headers: { "x-request-id": "trace-0001" },
      });
      const [line, ...others] = app.lines.entries().filter(({ msg }) => msg === "request");
      expect(others).toEqual([]);
      expect(line).toMatchObject({
        request_id: "trace-0001",
        method: "GET",
        route: "/api/v1/properties/:id",
        status: 422,
        duration_ms: expect.any(Number),
      });
      expect(app.lines.text()).not.toContain("Ada");
      expect(app.lines.text()).not.toContain(id);
    });

    it("answers for a handler that does not", { timeout: 5_000 }, async () => {
      const hanging = new Hono<AppEnv>()
        .use(envelope(product, app.deps, async () => {}))
        .get("/hang", () => new Promise(() => {}));
      const started = performance.now();
      const response = await hanging.request("/hang");
      expect(performance.now() - started).toBeLessThan(3_000);
      expect([response.status, (await bodyOf(response)).code]).toEqual([503, "unavailable"]);
      expect(response.headers.get("x-product")).toBe(product.id);
    });

    it("says to whoever is connected that it is closing", async () => {
      expect((await app.request("/api/health")).headers.get("connection")).toBeNull();
      app.deps.lifecycle.isClosing = true;
      expect((await app.request("/api/health")).headers.get("connection")).toBe("close");
      app.deps.lifecycle.isClosing = false;
    });
  });

  describe(`${product.id}: in production`, () => {
    const live = `pk_live_${Buffer.from("clerk.example.test$").toString("base64")}`;
    const app = useApp(product, {
      env: {
        ENVIRONMENT: "staging",
        CLERK_PUBLISHABLE_KEY: live,
        FRONTEND_URL: "https://example.test",
        REDIS_URL: "redis://127.0.0.1:1",
      },
    });

    it("browsers are told to stay on https", async () => {
      const { headers } = await app.request("/api/health");
      expect(headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
    });
  });
}
