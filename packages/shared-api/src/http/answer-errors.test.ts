import { createRoute, z } from "@hono/zod-openapi";
import { products } from "@whitelabel/shared-config";
import { StoreError } from "@whitelabel/shared-db";
import { useApp } from "@whitelabel/test-kit";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { readBody } from "../limits/read-body.ts";
import { bodyOf } from "../test-support.ts";
import { answerError, answerNotFound } from "./answer-errors.ts";
import { AppError } from "./app-error.ts";
import { type ErrorCode, errorCodes } from "./error-codes.ts";
import { openRoutes } from "./open-routes.ts";

/** An app whose one route throws what it is told, or takes a body; the real ones only read. */
function smallApp() {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const app = openRoutes();
  let error: unknown;
  app.onError(answerError("small", log));
  app.notFound(answerNotFound("small", app.router));
  app.use(async (c, next) => {
    c.set("request_id", "request-1");
    await readBody(c);
    await next();
  });
  app.get("/throw", () => {
    throw error;
  });
  const body = z.strictObject({ title: z.string().max(10), tags: z.array(z.int()).optional() });
  app.openapi(
    createRoute({
      method: "post",
      path: "/items",
      request: { body: { required: true, content: { "application/json": { schema: body } } } },
      responses: { 200: { description: "ok" } },
    }),
    (c) => c.text("ok"),
  );
  return {
    throwing: (thrown: unknown) => {
      error = thrown;
      return app.request("/throw");
    },
    post: (text: RequestInit["body"], headers: Record<string, string> = { "content-type": "application/json" }) =>
      app.request("/items", { method: "POST", headers, body: text, duplex: "half" } as RequestInit),
    log: () => lines.join(""),
  };
}

describe("errors", () => {
  it.each(Object.entries(errorCodes))("%s becomes a problem with its own status", async (code, { status, title }) => {
    const response = await smallApp().throwing(new AppError(code as ErrorCode, "In a sentence"));
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({
      type: `urn:whitelabel:problem:${code}`,
      title,
      status,
      detail: "In a sentence",
      instance: "/throw",
      code,
      product: "small",
      request_id: "request-1",
    });
    if (status === 503) expect(response.headers.get("retry-after")).toBe("1");
  });

  it("of a store become 503, also when Drizzle has wrapped them", async () => {
    const core = await smallApp().throwing(new Error("Failed query", { cause: new StoreError("core", "deadline") }));
    expect([core.status, (await bodyOf(core)).code]).toEqual([503, "core_unavailable"]);
    const database = await smallApp().throwing(new StoreError("database", "lost"));
    expect([database.status, (await bodyOf(database)).code]).toEqual([503, "unavailable"]);
  });

  it("of a database that waiting does not bring back say which it is", async () => {
    for (const reason of ["wrong_database", "schema_behind"] as const) {
      const response = await smallApp().throwing(
        new Error("Failed query", { cause: new StoreError("database", reason) }),
      );
      expect([response.status, (await bodyOf(response)).code]).toEqual([503, reason]);
      expect(response.headers.get("retry-after")).toBe("1");
    }
    const core = await smallApp().throwing(new StoreError("core", "wrong_database"));
    expect((await bodyOf(core)).code).toBe("core_unavailable");
  });

  it("that nobody expected tell neither the caller nor the log what the driver said", async () => {
    const app = smallApp();
    const driver = Object.assign(new Error(`invalid input: "Ada Example"`), {
      code: "22P02",
      detail: "Key (name)=(Ada Example) exists",
      constraint_name: "users_key",
      column_name: "Ada Example",
    });
    const response = await app.throwing(new Error("Failed query: … params: Ada Example", { cause: driver }));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      code: "internal",
      detail: "Something went wrong",
      request_id: "request-1",
    });
    expect(text).not.toContain("Ada");
    expect(app.log()).not.toContain("Ada");
    expect(app.log()).toContain("22P02");
    expect(app.log()).toContain("users_key");
    expect(app.log()).toContain("request-1");
    expect(app.log()).toContain("answer-errors.test.ts"); // where it came from
  });
});

it("an error's message of many lines does not pass for its stack", async () => {
  const app = smallApp();
  await app.throwing(new Error("refused\n    at Ada Example (guest:1:1)\n    at home"));
  expect(app.log()).not.toContain("Ada");
  expect(app.log()).toContain("answer-errors.test.ts");
});

describe("a body", () => {
  it.each([
    ["not JSON", "{", 422, "invalid"],
    ["empty", "", 422, "invalid"],
    ["not an object", "[]", 422, "invalid"],
    ["with an unknown field", `{"title":"a","role":"admin"}`, 422, "invalid"],
    ["with __proto__", `{"title":"a","__proto__":{"role":"admin"}}`, 422, "invalid"],
    ["too large", JSON.stringify({ title: "x".repeat(1_048_577) }), 413, "too_large"],
  ])("that is %s is refused", async (_what, text, status, code) => {
    const response = await smallApp().post(text);
    expect([response.status, (await bodyOf(response)).code]).toEqual([status, code]);
  });

  it("without a length is cut off while it is read", async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
    expect((await smallApp().post(endless)).status).toBe(413);
  });

  it("of another content type is refused", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/xml"]) {
      expect((await smallApp().post("{}", { "content-type": type })).status).toBe(415);
    }
  });

  it("is told what is wrong where, without a value of it", async () => {
    const text = JSON.stringify({
      title: "Ada Example, far too long",
      tags: [1, "Ada"],
      "Ada Example's": 1,
      role: "Ada",
    });
    const { errors } = await bodyOf(smallApp().post(text));
    expect(errors?.map(({ path }) => path)).toEqual(["json.title", "json.tags.1", "json", "json.role"]);
    expect(JSON.stringify(errors)).not.toContain("Ada");
  });
});

for (const product of products) {
  describe(`${product.id}: addresses`, () => {
    const app = useApp(product);

    it("where nothing is are 404, however they are spelled", async () => {
      const paths = [
        "/",
        "/api",
        "/api/v1/nothing",
        "/api/v1/users/me/",
        "/api//health",
        "/API/health",
        "/api/%00",
        "/api/%",
      ];
      for (const path of [...paths, "/api/%zz/%e0%a4%a", "/api/v1/properties/%E0%A4%A/x", "/..%2f..%2fetc%2fpasswd"]) {
        const response = await app.request(path);
        expect([path, response.status]).toEqual([path, 404]);
        expect(await response.json()).toMatchObject({ code: "not_found", product: product.id, status: 404 });
      }
    });

    it("say which methods they take", async () => {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const response = await app.request("/api/v1/config", { method });
        expect(response.status).toBe(405);
        expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
        expect(await response.json()).toMatchObject({ code: "method_not_allowed", status: 405 });
      }
    });

    it("answer HEAD as GET, without a body", async () => {
      const response = await app.request("/api/v1/config", { method: "HEAD" });
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toContain("application/json");
      expect(await response.text()).toBe("");
    });
  });
}
