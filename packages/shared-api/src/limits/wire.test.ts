import { once } from "node:events";
import { request as ask, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { createRoute, z } from "@hono/zod-openapi";
import { type Product, products } from "@whitelabel/shared-config";
import { guestLinks } from "@whitelabel/shared-db";
import { useApp } from "@whitelabel/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGuestTokens } from "../auth/guest-links.ts";
import { answerError, answerNotFound } from "../http/answer-errors.ts";
import { envelope } from "../http/envelope.ts";
import { openRoutes } from "../http/open-routes.ts";
import type { Problem } from "../http/problem.ts";
import { createHttpServer } from "../process/http-server.ts";
import { bodyOf } from "../test-support.ts";
import { openPlaces } from "./places.ts";
import { readBody } from "./read-body.ts";

type Fetch = Parameters<typeof createHttpServer>[0]["fetch"];

/** A server of the process's own kind, on a port, for this `describe`. */
function useListener(product: Product, fetchOf: () => Fetch, most = 128) {
  let server: Server | undefined;
  const frontendUrl = product.frontendUrl.development;
  beforeAll(async () => {
    const places = openPlaces({ most });
    server = createHttpServer({ product: product.id, frontendUrl, fetch: fetchOf(), places, onRefused: () => {} });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });
  const port = () => ((server as Server).address() as AddressInfo).port;
  return { port, fetch: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port()}${path}`, init) };
}

for (const product of products) {
  describe(`${product.id}: how much one caller may ask`, () => {
    const app = useApp(product, { env: { RATE_LIMIT_PER_MINUTE: "20", TRUSTED_PROXIES: "127.0.0.0/8" } });
    const { fetch, port } = useListener(product, () => app.app.fetch as Fetch);
    const from = (address: string, headers: Record<string, string> = {}, path = "/api/v1/config") =>
      fetch(path, { headers: { "x-forwarded-for": address, ...headers } });
    const statuses = async (count: number, send: () => Promise<Response>) => {
      const seen: number[] = [];
      for (let index = 0; index < count; index += 1) seen.push((await send()).status);
      return seen;
    };

    it("is said by each answer, and a refusal says when to come back", async () => {
      const first = await from("203.0.113.1");
      expect(first.headers.get("ratelimit-policy")).toBe('"address";q=20;w=60');
      expect(first.headers.get("ratelimit")).toMatch(/^"address";r=19;t=\d+$/);
      await statuses(19, () => from("203.0.113.1"));
      const refused = await from("203.0.113.1", { origin: product.frontendUrl.development });
      expect([refused.status, (await bodyOf(refused)).code]).toEqual([429, "rate_limited"]);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(refused.headers.get("ratelimit")).toMatch(/^"address";r=0;t=\d+$/);
      expect(refused.headers.get("access-control-allow-origin")).toBe(product.frontendUrl.development);
      expect(refused.headers.get("access-control-expose-headers")).toContain("Retry-After");
      expect((await from("203.0.113.2")).status).toBe(200);
    });

    it("is not more for whoever writes other addresses in front of their own", async () => {
      const seen: number[] = [];
      for (let index = 0; index < 21; index += 1) seen.push((await from(`1.1.1.${index}, 203.0.113.3`)).status);
      expect(seen.at(-1)).toBe(429);
    });

    it("is counted by user with a good token, wherever they are", async () => {
      const headers = { authorization: `Bearer ${await app.token("user")}` };
      const seen: number[] = [];
      for (let index = 0; index < 21; index += 1)
        seen.push((await from(`203.0.113.${index + 50}`, headers, "/api/v1/users/me")).status);
      expect(seen).toEqual([...Array(20).fill(200), 429]);
      const other = { authorization: `Bearer ${await app.token("admin")}` };
      expect((await from("203.0.113.50", other, "/api/v1/users/me")).status).toBe(200);
    });

    it("is counted by a guest's link, wherever it is used", async () => {
      const [property_id = ""] = product.development.corePropertyIds;
      const expires_at = new Date(Date.now() + 86_400_000).toISOString();
      const links = ["A-1", "A-2"].map((booking_id) => ({ property_id, booking_id, expires_at }));
      const [one, two] = await app.database.db.insert(guestLinks).values(links).returning();
      const tokens = openGuestTokens(app.deps.env.appSecret.secret);
      const askAs = async (link: typeof one, address: string) =>
        (await from(address, { authorization: `Bearer ${tokens.sign(link?.id ?? "")}` }, "/api/v1/guest/requests"))
          .status;
      const seen: number[] = [];
      for (let index = 0; index < 21; index += 1) seen.push(await askAs(one, `203.0.113.${index + 100}`));
      expect(seen).toEqual([...Array(20).fill(200), 429]);
      expect(await askAs(two, "203.0.113.100")).toBe(200);
    });

    it("keeps what is beyond it from being done, and does not only say so", async () => {
      const headers = { "x-forwarded-for": "203.0.113.70", authorization: `Bearer ${await app.token("agent")}` };
      const path = "/api/v1/users/me";
      expect((await statuses(20, () => fetch(path, { headers }))).at(-1)).toBe(200);
      const body = JSON.stringify({ display_name: "Too late" });
      const change = { method: "PATCH", body, headers: { ...headers, "content-type": "application/json" } };
      expect((await fetch(path, change)).status).toBe(429);
      expect((await app.userOf("agent")).display_name).not.toBe("Too late");
      const rows = await app.database.owner.sql`select from users where display_name = 'Too late'`;
      expect(rows).toHaveLength(0);
    });

    it("counts whoever shows no token where one is asked for", async () => {
      const seen = await statuses(21, () => from("203.0.113.81", {}, "/api/v1/users/me"));
      expect(seen).toEqual([...Array(20).fill(401), 429]);
    });

    it("counts what a role may not do, too", async () => {
      const headers = { authorization: `Bearer ${await app.token("user")}` };
      const seen = await statuses(21, () => from("203.0.113.80", headers, "/api/v1/front-desk/branches"));
      expect(seen.at(-1)).toBe(429);
    });

    it("is half for tokens that are not good, which takes nothing from the others at that address", async () => {
      const guess = () => from("203.0.113.90", { authorization: "Bearer a.b.c" }, "/api/v1/users/me");
      expect(await statuses(12, guess)).toEqual([...Array(10).fill(401), 429, 429]);
      // A guess that is right is not told so any more.
      const good = { authorization: `Bearer ${await app.token("admin")}` };
      expect((await from("203.0.113.90", good, "/api/v1/users/me")).status).toBe(429);
      expect((await from("203.0.113.89", good, "/api/v1/config")).status).toBe(200);
      expect((await from("203.0.113.90")).status).toBe(200);
    });

    it("does not grow by showing a token where nobody looks at it", async () => {
      const open = () => from("203.0.113.91", { authorization: "anything" }, "/api/openapi.json");
      expect((await statuses(21, open)).at(-1)).toBe(429);
      const nowhere = () => from("203.0.113.92", { authorization: "anything" }, "/api/v1/nothing");
      expect((await statuses(21, nowhere)).at(-1)).toBe(429);
    });

    it("is no matter for health, nor for a browser that asks whether it may ask", async () => {
      await statuses(21, () => from("203.0.113.93"));
      for (const path of ["/api/health", "/api/health/ready", "/api/health/db"]) {
        expect((await from("203.0.113.93", {}, path)).status).toBe(200);
      }
      const preflight = await fetch("/api/v1/properties", {
        method: "OPTIONS",
        headers: { "x-forwarded-for": "203.0.113.93", origin: product.frontendUrl.development },
      });
      expect(preflight.status).toBe(204);
      // As it stands on the wire: fetch would tidy it.
      for (const path of ["/api/health/../v1/config", "/api/healthy", "/api/health/", "/api/health/db/x"]) {
        const options = { port: port(), path, headers: { "x-forwarded-for": "203.0.113.93" } };
        const [response] = await once(ask(options).end(), "response");
        expect([path, response.resume().statusCode]).toEqual([path, 429]);
      }
    });
  });

  describe(`${product.id}: a body on the wire`, () => {
    const app = useApp(product);
    const { fetch, port } = useListener(product, () => {
      const small = openRoutes();
      small.onError(answerError(product.id, app.deps.log));
      small.notFound(answerNotFound(product.id, small.router));
      small.use(envelope(product, app.deps, async () => {}));
      small.use(async (c, next) => {
        await readBody(c);
        await next();
      });
      const schema = z.strictObject({ title: z.string() });
      const body = { required: true, content: { "application/json": { schema } } } as const;
      const responses = { 200: { description: "ok" } };
      small.openapi(createRoute({ method: "post", path: "/items", request: { body }, responses }), async (c) =>
        c.json({ valid: c.req.valid("json"), text: await c.req.text(), json: await c.req.json() }),
      );
      small.post("/api/webhooks/any", async (c) => c.text(await c.req.text()));
      return small.fetch as Fetch;
    });
    const post = (body: RequestInit["body"], headers: Record<string, string> = {}, path = "/items") =>
      fetch(path, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
        duplex: "half",
      } as RequestInit);
    const answerTo = async (...given: Parameters<typeof post>) => {
      const response = await post(...given);
      return [response.status, ((await response.json()) as Partial<Problem>).code];
    };

    it("is read once and is there for all who ask", async () => {
      const text = '{ "title": "บ้าน" }';
      const response = await post(text);
      expect(await response.json()).toEqual({ valid: { title: "บ้าน" }, text, json: { title: "บ้าน" } });
      for (const type of ["application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']) {
        expect((await post(text, { "content-type": type })).status).toBe(200);
      }
    });

    it("is refused when it is compressed, of another type or of another charset", async () => {
      const text = '{"title":"a"}';
      for (const encoding of ["gzip", "br", "deflate", "zstd", "gzip, identity"]) {
        const bomb = gzipSync(Buffer.alloc(10_000_000, " "));
        expect(await answerTo(bomb, { "content-encoding": encoding })).toEqual([415, "unsupported_media"]);
      }
      const types = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "application/json-patch+json",
      ];
      for (const type of [...types, "application/json; charset=utf-16", "application/json, text/plain", ""]) {
        expect([type, ...(await answerTo(text, { "content-type": type }))]).toEqual([type, 415, "unsupported_media"]);
      }
    });

    it("is refused when readers could disagree on it, without repeating it", async () => {
      const cases = [
        '{"title":"Ada","title":"b"}',
        '{"title":"Ada\\u0000"}',
        '{"title":"Ada\\ud800"}',
        `${"[".repeat(40)}`,
      ];
      for (const text of [
        ...cases,
        '{"__proto__":{"title":"Ada"}}',
        '{"constructor":"Ada"}',
        "{",
        '{"title":"Ada"}x',
      ]) {
        const response = await post(text);
        const said = await response.text();
        expect([text, response.status, said.includes("Ada")]).toEqual([text, 422, false]);
      }
      expect(await answerTo(Buffer.from('{"title":"\xff"}', "latin1"))).toEqual([422, "invalid"]); // no UTF-8
    });

    it("is refused beyond its size, declared or not, and what comes after is answered", async () => {
      expect(await answerTo("x".repeat(1_048_577))).toEqual([413, "too_large"]);
      expect(await answerTo(`{"title":"${"x".repeat(1_048_564)}"}`)).toEqual([200, undefined]);
      const head = `POST /items HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
      const socket = connect(port(), "127.0.0.1");
      socket.on("error", () => {});
      socket.write(head);
      let answer = "";
      socket.on("data", (bytes) => {
        answer += bytes;
      });
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
      for (let sent = 0; sent < 40 && answer === ""; sent += 1) {
        socket.write(chunk);
        await sleep(5);
      }
      while (answer === "") await sleep(5);
      expect(answer).toContain(" 413 ");
      socket.destroy();
      expect((await post('{"title":"a"}')).status).toBe(200);
    });

    it("of a webhook is its sender's own affair, but for its size", async () => {
      const strange = '{"a":1,"a":"\\u0000"}';
      const response = await post(strange, { "content-type": "text/plain" }, "/api/webhooks/any");
      expect([response.status, await response.text()]).toEqual([200, strange]);
      expect((await post("x".repeat(1_048_577), {}, "/api/webhooks/any")).status).toBe(413);
    });

    it("that is slow holds up neither others nor the answer to itself", { timeout: 20_000 }, async () => {
      const options = { port: port(), path: "/items", method: "POST", headers: { "content-type": "application/json" } };
      const slow = ask(options).on("error", () => {});
      const answered = once(slow, "response");
      slow.write('{"title":');
      await sleep(3_000); // longer than the deadline of an answer
      slow.end('"a"}');
      const [response] = await answered;
      expect(response.statusCode).toBe(200);
      response.resume();
    });
  });

  describe(`${product.id}: more than can be borne`, () => {
    const app = useApp(product);
    /** Lets those finish that were begun. */
    const begunHere: (() => void)[] = [];
    const { fetch, port } = useListener(
      product,
      () => async (request, env) => {
        const { pathname } = new URL(request.url);
        if (pathname === "/stream")
          return new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(1)) }));
        if (pathname === "/slow") await new Promise<void>((resolve) => begunHere.push(resolve));
        return await app.app.fetch(request, env);
      },
      4,
    );

    it("is refused soon, with when to come back, while health answers and what was begun is finished", async () => {
      const begun = Array.from({ length: 4 }, () => fetch("/slow"));
      await expect.poll(() => begunHere.length).toBe(4);
      const started = performance.now();
      const origin = product.frontendUrl.development;
      const flood = Array.from({ length: 60 }, () => fetch("/api/v1/config?q=secret", { headers: { origin } }));
      expect((await fetch("/api/health")).status).toBe(200);
      expect((await fetch("/api/health/ready")).status).toBe(200);
      const elsewhere = await fetch("/api/v1/config", { headers: { origin: "https://elsewhere.test" } });
      expect([elsewhere.status, elsewhere.headers.get("access-control-allow-origin")]).toEqual([503, null]);
      const answers = await Promise.all(flood);
      const refused = answers.filter(({ status }) => status === 503);
      expect(refused.length).toBe(60);
      expect(performance.now() - started).toBeLessThan(2_000);
      const [one] = refused as [Response];
      expect(await bodyOf(one)).toMatchObject({
        code: "unavailable",
        product: product.id,
        instance: "/api/v1/config",
        request_id: one.headers.get("x-request-id"),
      });
      expect(one.headers.get("retry-after")).toBe("1");
      expect(one.headers.get("access-control-allow-origin")).toBe(origin);
      for (const finish of begunHere) finish();
      expect((await Promise.all(begun)).map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect((await fetch("/api/v1/config")).status).toBe(200);
    });

    it("are not bodies that still arrive; once they have, they stand in line like anybody", async () => {
      const headers = { "content-type": "application/json", "svix-id": "msg_1" };
      const slow = Array.from({ length: 6 }, () => {
        const sending = ask({ port: port(), path: "/api/webhooks/clerk", method: "POST", headers });
        sending.on("error", () => {}).write("{");
        return { sending, answered: once(sending, "response") };
      });
      await expect.poll(async () => (await fetch("/api/v1/config")).status).toBe(200); // they hold none
      const [first, ...others] = slow;
      first?.sending.end("}");
      expect((await first?.answered)?.[0].resume().statusCode).toBe(401); // nothing is signed

      begunHere.splice(0);
      const begun = Array.from({ length: 4 }, () => fetch("/slow"));
      await expect.poll(() => begunHere.length).toBe(4);
      for (const { sending } of others) sending.end("}");
      for (const { answered } of others) expect((await answered)[0].resume().statusCode).toBe(503);
      for (const finish of begunHere) finish();
      await Promise.all(begun);
    });

    it("are not streams that stay open", async () => {
      const streams = await Promise.all(Array.from({ length: 8 }, () => fetch("/stream")));
      expect(streams.map(({ status }) => status)).toEqual(Array(8).fill(200));
      expect((await fetch("/api/v1/config")).status).toBe(200);
      for (const { body } of streams) await body?.cancel();
    });
  });
}
