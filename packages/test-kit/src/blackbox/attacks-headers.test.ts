import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { products } from "@whitelabel/shared-config";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isNightly, productsOfTheDay } from "../nightly.ts";
import type { Input } from "../openapi/build-request.ts";
import type { Operation } from "../openapi/document.ts";
import { callerFor, inputFor } from "../openapi/fixtures.ts";
import { useApi } from "../openapi/use-api.ts";
import { testEnv } from "../test-env.ts";
import { startServer, type TestServer } from "../use-server.ts";

for (const product of productsOfTheDay(0))
  describe(`${product.id}: an Idempotency-Key`, () => {
    const api = useApi(product);
    let keyed: Operation[] = [];
    beforeAll(() => {
      keyed = api.operations.filter(({ parameters }) => parameters.some(({ name }) => name === "Idempotency-Key"));
    });
    const withKey = (input: Input, key: string): Input => ({
      ...input,
      headers: { ...input.headers, "Idempotency-Key": key },
    });
    const nothing = new Set(["receiveClerkEvent", "lookUpParkingPlate"]); // deduplicated by the sender's id; makes nothing

    it("is taken by every POST that makes something", () => {
      const posts = api.operations.filter(({ method, id }) => method === "POST" && !nothing.has(id));
      expect(posts.filter((one) => !keyed.includes(one)).map(({ id }) => id)).toEqual([]);
    });

    it("makes one effect of many requests at once, on every such route", async () => {
      for (const operation of keyed) {
        const many = operation.id === "createTask" ? (isNightly ? 200 : 60) : 5;
        const input = withKey(await inputFor(operation, api.world), randomUUID());
        const as = callerFor(operation);
        const answers = await Promise.all(Array.from({ length: many }, () => api.send(operation, input, as)));
        const made = answers.filter(({ status }) => status < 300);
        expect([operation.id, made.length > 0]).toEqual([operation.id, true]);
        expect(answers.filter(({ status }) => status >= 300 && status !== 409).map(({ text }) => text)).toEqual([]);
        // Once it is done, everybody gets the same.
        const after = await api.send(operation, input, as);
        expect([operation.id, after.headers.get("idempotency-replayed")]).toEqual([operation.id, "true"]);
        const ids = [...made, after].map(({ json }) => (json as { id?: string } | undefined)?.id);
        expect([operation.id, new Set(ids).size]).toEqual([operation.id, 1]);
        expect(made.filter(({ headers }) => !headers.has("idempotency-replayed"))).toHaveLength(1);
      }
    }, 60_000);

    it("is refused with another body, and is another one for another caller", async () => {
      for (const operation of keyed.filter(({ body }) => body)) {
        const key = randomUUID();
        const input = withKey(await inputFor(operation, api.world), key);
        const as = callerFor(operation);
        expect([operation.id, (await api.send(operation, input, as)).status < 300]).toEqual([operation.id, true]);
        const other = await api.send(operation, { ...input, body: ` ${JSON.stringify(input.json)}` }, as);
        expect([operation.id, other.status]).toEqual([operation.id, 422]);
        if (operation.access === "guest") continue;
        const theirs = withKey(await inputFor(operation, api.world), key);
        const independent = await api.send(operation, theirs, "admin");
        expect([operation.id, independent.status < 300]).toEqual([operation.id, true]);
        expect(independent.headers.has("idempotency-replayed")).toBe(false);
      }
    });

    it("is refused if it is none", async () => {
      for (const operation of keyed) {
        const input = await inputFor(operation, api.world);
        for (const key of ["a b", "é", "x".repeat(256)]) {
          expect([operation.id, (await api.send(operation, withKey(input, key), callerFor(operation))).status]).toEqual(
            [operation.id, 422],
          );
        }
      }
    });

    it("may stay away, and is answered as the document says", () => {
      expect([...api.differences.values()]).toEqual([]);
    });
  });

for (const product of products)
  describe(`${product.id}: hostile headers`, () => {
    const api = useApi(product);
    let server: TestServer;
    beforeAll(async () => {
      const { database, core } = api.kit;
      server = await startServer(product, testEnv(product, { url: database.url, coreUrl: core?.url }));
      await server.readiness(200);
    });
    afterAll(() => server?.kill());

    it("grant no other origin anything, on any route", async () => {
      const { frontendUrl } = product;
      const others = products.filter(({ id }) => id !== product.id).map((other) => other.frontendUrl.development);
      const host = new URL(frontendUrl.development).host;
      const origins = [
        ...others,
        ...["null", "*", "", "file://", frontendUrl.production, `https://${host}`, `${frontendUrl.development}/`],
        ...[
          `${frontendUrl.development}.example.test`,
          `http://x.${host}`,
          `http://${host}1`,
          `${frontendUrl.development}@example.test`,
        ],
        ...[
          frontendUrl.development.toUpperCase(),
          `${frontendUrl.development}, https://example.test`,
          "http://localhost",
        ],
      ];
      let turn = 0; // each route meets five of them
      for (const operation of api.operations) {
        const input = await inputFor(operation, api.world);
        for (const origin of [...origins, ...origins].slice(turn++ % origins.length).slice(0, 5)) {
          const { headers } = await api.send(operation, { ...input, json: undefined, headers: { origin } });
          const granted = [...headers.keys()].filter((name) => name.startsWith("access-control-"));
          expect([operation.id, origin, granted]).toEqual([operation.id, origin, []]);
        }
        const { headers } = await api.send(operation, {
          ...input,
          json: undefined,
          headers: { origin: frontendUrl.development },
        });
        expect(headers.get("access-control-allow-origin")).toBe(frontendUrl.development);
        expect(headers.has("access-control-allow-credentials")).toBe(false);
        expect(headers.get("vary")).toMatch(/\borigin\b/i);
      }
    });

    it("do not change who calls, from where, or what is answered", async () => {
      const spoofed = {
        "x-forwarded-for": "127.0.0.1, 10.0.0.1",
        "x-forwarded-host": "evil.example.test",
        "x-forwarded-proto": "javascript",
        forwarded: "for=127.0.0.1;host=evil.example.test",
        "x-real-ip": "127.0.0.1",
        "x-original-url": "/api/v1/users",
        "x-rewrite-url": "/api/v1/users",
        "x-http-method-override": "DELETE",
      };
      for (const path of ["/api/v1/config", "/api/openapi.json", "/api/v1/properties", "/api/v1/users"]) {
        const [usual, other] = [await server.request(path), await server.request(path, { headers: spoofed })];
        expect([path, other.status]).toEqual([path, usual.status]);
        const text = (await other.text()) + JSON.stringify([...other.headers]);
        expect(text).not.toContain("evil.example.test");
      }
    });

    it("neither split an answer nor reach the log, and whoever sends them is let go soon", async () => {
      const id = "good-id-1234\r\nX-Evil: 1";
      const hostile = [
        "GET /api/v1/config HTTP/1.1\r\nHost: a\r\nX-Request-Id: abc%0d%0aX-Evil: 1\r\nConnection: close\r\n\r\n",
        "GET /api/v1/config%0d%0aX-Evil:%201 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        `GET /api/v1/config HTTP/1.1\r\nHost: a\r\nX-Request-Id: ${id.replace("\r", "")}\r\nConnection: close\r\n\r\n`,
        `GET /api/v1/config HTTP/1.1\r\nHost: a\r\nX-Big: ${"x".repeat(100_000)}\r\n\r\n`,
        `GET /api/v1/config HTTP/1.1\r\nHost: a\r\n${"X-Many: 1\r\n".repeat(5_000)}\r\n`,
        `GET /${"a".repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
        "GET /api/v1/config HTTP/1.1\r\nHost: a\r\nBad Name: 1\r\n\r\n",
        "GET /api/v1/config HTTP/1.1\r\n\r\n",
        "POST /api/v1/properties HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
        "POST /api/v1/properties HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\nabcd",
        "POST /api/v1/properties HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "\u0016\u0003\u0001 not HTTP at all\r\n\r\n",
      ];
      for (const text of hostile) {
        const answer = await sendRaw(server.url, text);
        const [head = ""] = answer.split("\r\n\r\n");
        expect([text.slice(0, 60), /^x-evil:/im.test(head)]).toEqual([text.slice(0, 60), false]);
        expect([text.slice(0, 60), /^HTTP\/1.1 (200|4\d\d) /.test(answer)]).toEqual([text.slice(0, 60), true]);
        // Whatever stood behind it was not taken for a second request.
        expect(answer.match(/HTTP\/1.1 \d{3} /g)).toHaveLength(1);
      }
      expect((await server.request("/api/v1/config")).status).toBe(200);
      expect(server.output()).not.toContain("X-Evil: 1");
    }, 60_000);
  });

/** All that comes back until the connection ends. */
async function sendRaw(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.setTimeout(12_000, () => socket.destroy(new Error("It was kept open for longer than 12 s")));
  let answer = "";
  socket.on("data", (bytes) => {
    answer += bytes;
  });
  const ended = once(socket, "close");
  let failure: Error | undefined;
  socket.on("error", (error: NodeJS.ErrnoException) => {
    // The server answers and hangs up before it has read all of it.
    if (error.code !== "ECONNRESET" && error.code !== "EPIPE") failure = error;
  });
  socket.write(text);
  await ended;
  if (failure) throw failure;
  return answer;
}
