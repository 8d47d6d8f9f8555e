import { once } from "node:events";
import { request } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Product, products } from "@whitelabel/shared-config";
import {
  at,
  type FaultProxy,
  isNightly,
  productsOfTheDay,
  startFaultProxy,
  startServer,
  type TestServer,
  testEnv,
  until,
  useCore,
  useDatabase,
  useFaultProxy,
  useOwnCore,
  useServer,
} from "@whitelabel/test-kit";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type ErrorCode, errorCodes } from "./http/error-codes.ts";
import type { Problem } from "./http/problem.ts";
import { bodyOf } from "./test-support.ts";

/**
 * Sends bytes that no HTTP client would, and answers all that came back until the other side closed. What follows the
 * first text is sent once something has come back.
 */
async function raw(url: string, ...texts: string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(texts.shift() ?? "");
  let answer = "";
  for await (const bytes of socket) {
    answer += bytes;
    if (texts.length > 0) socket.write(texts.shift() ?? "");
  }
  return answer;
}

/** One answer, with all that the app's own problems have; its body. */
function expectProblem(answer: string, status: number, code: ErrorCode): Problem {
  const [head = "", text = ""] = answer.split("\r\n\r\n");
  const headers = new Map(
    head
      .split("\r\n")
      .slice(1)
      .map((line) => line.toLowerCase().split(": ", 2) as [string, string]),
  );
  expect([head.split("\r\n")[0], text]).toEqual([expect.stringContaining(` ${status} `), expect.stringContaining("{")]);
  const body = JSON.parse(text) as Problem;
  expect(body).toMatchObject({
    type: `urn:whitelabel:problem:${code}`,
    title: errorCodes[code].title,
    status: errorCodes[code].status,
    code,
    detail: expect.any(String),
    instance: expect.stringMatching(/^(\/[^?]*|urn:uuid:[0-9a-f-]{36})$/),
  });
  expect(status).toBe(errorCodes[code].status);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("x-request-id")).toBe(body.request_id);
  expect(headers.get("x-product")).toBe(body.product);
  expect(headers.get("connection")).toBe("close");
  return body;
}

function otherThan(product: Product): Product {
  const other = products.find(({ id }) => id !== product.id);
  if (!other) throw new Error("There is only one product");
  return other;
}

for (const product of productsOfTheDay(0)) {
  const other = otherThan(product);

  describe(`${product.id}: a process that must not run`, { timeout: 60_000 }, () => {
    const own = useDatabase(product);
    const foreign = useDatabase(other);
    const core = useCore(product);
    const secret = () => new URL(own.url).password;

    async function refusal(env: Record<string, string | undefined>) {
      const server = await useServer(product, env);
      const { code, afterMs } = await server.exited;
      expect(code).toBe(1);
      expect(afterMs).toBeLessThan(5_000);
      expect(server.output()).not.toContain(secret());
      return server.stderr();
    }

    it("may not even connect to its database, which is another product's", async () => {
      const said = await refusal(testEnv(product, { url: at(own.url, foreign.name), coreUrl: core.url }));
      expect(said).toContain("DATABASE_URL: this database belongs to another product");
    });

    it("has one database under two names", async () => {
      for (const url of isNightly ? [own.url, core.url] : [own.url]) {
        const detour = await useFaultProxy(url); // another port: only the server can tell
        const said = await refusal(testEnv(product, { url, coreUrl: detour.url }));
        expect(said).toContain("CORE_DATABASE_URL_RO: this is the same database as DATABASE_URL");
      }
    });

    it("has another product's database and a core that it could write, and is told both at once", async () => {
      const said = await refusal(testEnv(product, { url: foreign.url, coreUrl: core.ownerUrl }));
      const [first, database, coreSaid] = said.trim().split("\n");
      expect([first, database]).toEqual([
        `${product.id} does not start:`,
        "  DATABASE_URL: this database belongs to another product",
      ]);
      expect(coreSaid).toContain("CORE_DATABASE_URL_RO: ");
      expect(said).toContain("our role owns");
      expect(said).not.toContain("core_owner"); // a part of the URL
    });

    it("has variables that are wrong, all named and none shown", async () => {
      const wrong = { PORT: "none", RATE_LIMIT_PER_MINUTE: "hunter2", FRONTEND_URL: "hunter2", LOG_LEVEL: "hunter2" };
      const said = await refusal({ ...testEnv(product, { url: own.url }), ...wrong, DATABASE_URL: undefined });
      for (const name of ["DATABASE_URL", "RATE_LIMIT_PER_MINUTE", "FRONTEND_URL", "LOG_LEVEL"])
        expect(said).toContain(name);
      expect(said).not.toContain("hunter2");
    });

    it("has a port that is taken", async () => {
      const taken = createServer().listen(0, "127.0.0.1");
      onTestFinished(() => void taken.close());
      await once(taken, "listening");
      const { port } = taken.address() as AddressInfo;
      const server = await useServer(product, testEnv(product, { url: own.url, coreUrl: core.url }), port);
      expect((await server.exited).code).toBe(1);
      expect(server.stderr()).toBe(`PORT: ${port} is taken by another process\n`);
    });
  });

  describe(`${product.id}: a process`, { timeout: 60_000 }, () => {
    const database = useDatabase(product);
    const core = useCore(product);
    const start = async (stores: { url?: string; coreUrl?: string } = {}) => {
      const server = await useServer(product, testEnv(product, { url: database.url, coreUrl: core.url, ...stores }));
      await server.listening();
      return server;
    };

    it("starts with every store down, and joins by itself when they are there", async () => {
      const proxies = await Promise.all([useFaultProxy(database.url), useFaultProxy(core.url)]);
      for (const proxy of proxies) proxy.freeze();
      const [one, two] = proxies;
      const server = await start({ url: one.url, coreUrl: two.url });
      expect((await server.request("/api/health")).status).toBe(200);
      await server.readiness(503);
      const response = await server.request("/api/v1/properties");
      expect([response.status, (await bodyOf(response)).code]).toEqual([503, "unavailable"]);
      await Promise.all(proxies.map((proxy) => proxy.heal()));
      await server.readiness(200, 3_000);
    });

    it("leaves in order: not ready at once, what runs is finished, then gone", async () => {
      const proxy = await useFaultProxy(database.url);
      const server = await start({ url: proxy.url });
      await server.readiness(200);
      proxy.delay(300);
      const slow = server.request("/api/v1/properties");
      await sleep(100);
      server.signal("SIGTERM");
      await sleep(100);
      const ready = await server.request("/api/health/ready");
      expect([ready.status, (await bodyOf<{ reasons: string[] }>(ready)).reasons]).toEqual([503, ["shutting_down"]]);
      expect((await slow).status).toBe(200);
      const { code, afterMs } = await server.exited;
      expect(code).toBe(0);
      expect(afterMs).toBeLessThan(20_000);
    });

    it("leaves in time with a database that hangs and connections that stay open", async () => {
      const proxy = await useFaultProxy(database.url);
      const server = await start({ url: proxy.url });
      const idle = connect(Number(new URL(server.url).port), "127.0.0.1");
      idle.on("error", () => {});
      proxy.freeze();
      const hanging = server.request("/api/v1/properties");
      await sleep(100);
      const signalled = performance.now();
      server.signal("SIGTERM");
      expect((await hanging).status).toBe(503);
      expect((await server.exited).code).toBe(0);
      expect(performance.now() - signalled).toBeLessThan(10_000);
      idle.destroy();
    });
  });

  describe(`${product.id}: one process`, () => {
    const database = useDatabase(product);
    const core = useOwnCore(product);
    let proxy: FaultProxy;
    let server: TestServer;
    beforeAll(async () => {
      const sql = postgres(core.ownerUrl, { max: 1 });
      await sql`grant select (guest_notes) on bookings to public`;
      await sql.end();
      proxy = await startFaultProxy(database.url);
      server = await startServer(product, testEnv(product, { url: proxy.url, coreUrl: core.url }));
      await server.readiness(200);
    });
    afterAll(async () => {
      await server?.kill();
      await proxy?.close();
    });

    it("says once what core's owner should close, with the SQL for it", async () => {
      await until(5_000, async () => server.output().includes("guest_notes")); // the log is a little later
      const warnings = server
        .output()
        .split("\n")
        .filter((line) => line.includes("guest_notes"));
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain("revoke select on public.bookings from PUBLIC");
    });

    it("answers what is no request with a whole problem and closes", async () => {
      const { url } = server;
      const get = (more: string) => `GET /api/health?q=secret HTTP/1.1\r\n${more}\r\n`;
      const cases = [
        ["GARBAGE\r\n\r\n", 400, "bad_request"],
        [get("Host: a b\r\nConnection: close\r\n"), 400, "bad_request"],
        [get("Connection: close\r\n"), 400, "bad_request"],
        [get("Host: localhost\r\nHost: localhost\r\n"), 400, "bad_request"],
        [get(`Host: localhost\r\nX-Long: ${"x".repeat(20_000)}\r\n`), 431, "header_too_large"],
        [get("Host: localhost\r\nExpect: banana\r\n"), 417, "expectation_failed"],
        ["CONNECT example.test:443 HTTP/1.1\r\nHost: example.test:443\r\n\r\n", 400, "bad_request"],
        [
          "POST /api/v1/properties HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          400,
          "bad_request",
        ],
      ] as const;
      for (const [text, status, code] of cases) expectProblem(await raw(url, text), status, code);
      const named = await raw(url, get("X-Request-Id: trace-0123456789\r\nConnection: close\r\n"));
      expect(expectProblem(named, 400, "bad_request")).toMatchObject({
        instance: "/api/health",
        request_id: "trace-0123456789",
      });
      expect((await fetch(`${url}/api/health`)).status).toBe(200);
    });

    it("does not wait for a client that is slow on purpose, and answers it once", async () => {
      const { url } = server;
      const started = performance.now();
      const [head, body, answered] = await Promise.all([
        raw(url, "GET /api/health HTTP/1.1\r\nHost: localhost\r\n"),
        raw(url, "POST /api/v1/config HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx"),
        raw(url, "GET /api/health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n"),
      ]);
      expect(performance.now() - started).toBeLessThan(12_000);
      expectProblem(head, 408, "timeout");
      expect(body).toMatch(/ 40[58] /);
      expect(answered.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200"]);
    });

    it("takes one token and no more from the wire", async () => {
      const { url } = server;
      const send = (authorization: string[]) =>
        new Promise<number | undefined>((resolve, reject) => {
          const options = {
            headers: ["Host", "localhost", ...authorization.flatMap((value) => ["Authorization", value])],
          };
          request(`${url}/api/v1/config`, options, (response) => resolve(response.resume().statusCode))
            .on("error", reject)
            .end();
        });
      expect(await send([])).toBe(200);
      expect(await send(["Bearer a.b.c", "Bearer a.b.c"])).toBe(401);
      expect(await send(["Bearer a.b.c", ""])).toBe(401);
    });

    it("answers garbage behind a request only when that has its own answer", async () => {
      const { url } = server;
      const get = "GET /api/v1/properties HTTP/1.1\r\nHost: localhost\r\n\r\n";
      const statuses = async (...parts: string[]) => (await raw(url, ...parts)).match(/HTTP\/1\.1 \d+/g) ?? [];
      expect(await statuses(get, "GARBAGE\r\n\r\n")).toEqual(["HTTP/1.1 200", "HTTP/1.1 400"]);
      proxy.delay(300);
      expect(await statuses(`${get}GARBAGE\r\n\r\n`)).toEqual([]);
      await proxy.heal();
    });

    it("leaves at once at the second signal", async () => {
      server.signal("SIGINT");
      await sleep(50);
      const signalled = performance.now();
      server.signal("SIGINT");
      expect((await server.exited).code).toBe(1); // 0 if it had gone in order
      expect(performance.now() - signalled).toBeLessThan(2_000);
    });
  });
}
