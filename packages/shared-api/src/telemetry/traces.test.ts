import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  isNightly,
  productsOfTheDay,
  testEnv,
  until,
  useCore,
  useDatabase,
  useFaultProxy,
  useServer,
} from "@whitelabel/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";

type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  status: { code?: number };
};
type Received = { path: string; headers: IncomingHttpHeaders; text: string };

/** A collector that keeps what it gets, or hangs. */
async function useCollector({ hangs = false } = {}) {
  const received: Received[] = [];
  const server: Server = createServer(async (incoming, outgoing) => {
    let text = "";
    for await (const bytes of incoming) text += bytes;
    received.push({ path: incoming.url ?? "", headers: incoming.headers, text });
    if (!hangs) outgoing.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const spans = () =>
    received
      .flatMap(({ text }) => JSON.parse(text).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans as Span[]);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, spans };
}

const attributeOf = ({ attributes }: Span, key: string) =>
  Object.values(attributes.find((attribute) => attribute.key === key)?.value ?? {})[0];

const trace = "0af7651916cd43dd8448eb211c80319c";
const parent = "b7ad6b7169203331";
const traceparent = (flags = "01") => `00-${trace}-${parent}-${flags}`;

for (const product of productsOfTheDay(1)) {
  describe(`${product.id}: traces`, { timeout: 60_000 }, () => {
    const database = useDatabase(product, { seeded: true });
    const core = useCore(product);

    async function start(endpoint: string | undefined, url = database.url) {
      const env = testEnv(
        product,
        { url, coreUrl: core.url },
        { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: "x-key=collector" },
      );
      const server = await useServer(product, env);
      await server.listening();
      return server;
    }

    it("hold a span for the request and one for each call, in the caller's trace if they want one, and nothing that was written", async () => {
      const collector = await useCollector();
      const server = await start(`${collector.url}/`);
      const answer = await server.request("/api/v1/properties?limit=2&q=canary", {
        headers: { traceparent: traceparent(), tracestate: "canary=1", "X-Request-Id": "request-0001" },
      });
      expect(answer.status).toBe(200);
      await server.request("/api/v1/properties/canary", { headers: { traceparent: `${traceparent()}-canary` } });
      await server.request("/canary");

      const named = (name: string) => collector.spans().find((span) => span.name === name);
      await until(5_000, async () => named("GET unmatched") !== undefined);
      const request = collector.spans().find(({ parentSpanId }) => parentSpanId === parent) as Span;
      expect(request).toMatchObject({ name: "GET /api/v1/properties", traceId: trace, kind: 2 });
      expect(attributeOf(request, "http.route")).toBe("/api/v1/properties");
      expect(attributeOf(request, "http.response.status_code")).toBe(200);
      expect(attributeOf(request, "whitelabel.request_id")).toBe("request-0001");

      const calls = collector.spans().filter(({ parentSpanId }) => parentSpanId === request.spanId);
      expect(calls.length).toBeGreaterThan(0);
      for (const call of calls) {
        expect(call).toMatchObject({ name: "database select properties", traceId: trace, kind: 3 });
        expect(BigInt(call.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(request.startTimeUnixNano));
        expect(BigInt(call.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(request.endTimeUnixNano));
      }
      expect(named("GET unmatched")?.traceId).not.toBe(trace);

      // A caller who does not want to be traced is followed too.
      const before = collector.spans().filter(({ traceId }) => traceId === trace).length;
      await server.request("/api/v1/properties", { headers: { traceparent: traceparent("00") } });
      await server.request("/api/v1/config");
      await until(5_000, async () => named("GET /api/v1/config") !== undefined);
      expect(collector.spans().filter(({ traceId }) => traceId === trace)).toHaveLength(before);

      // The log leads to the trace, and the health probes are requests as all others.
      expect(server.output()).toMatch(new RegExp(`"request_id":"request-0001".*"trace_id":"${trace}"`));
      for (const { path, headers, text } of collector.received) {
        expect([path, headers["x-key"]]).toEqual(["/v1/traces", "collector"]);
        expect(text).toContain(`{"key":"product","value":{"stringValue":"${product.id}"}}`);
        expect(text).toContain(`{"key":"service.name","value":{"stringValue":"${product.id}-api"}}`);
        expect(text).not.toContain("canary");
      }
    });

    it("say which call failed, and are sent before the process ends", async () => {
      const [collector, proxy] = [await useCollector(), await useFaultProxy(database.url)];
      const server = await start(collector.url, proxy.url);
      await server.readiness(200);
      proxy.freeze();
      expect((await server.request("/api/v1/properties")).status).toBe(503);
      server.signal("SIGTERM");
      expect((await server.exited).code).toBe(0);
      const failed = (kind: number) => collector.spans().find((span) => span.status.code === 2 && span.kind === kind);
      expect(attributeOf(failed(2) as Span, "error.type")).toBe("unavailable");
      expect(attributeOf(failed(3) as Span, "error.type")).toBe("deadline");
    });

    it("cost nothing where no collector is named", async () => {
      const server = await start(undefined);
      await server.request("/api/v1/properties", { headers: { traceparent: traceparent() } });
      expect(server.output()).not.toContain("trace_id");
    });

    it("never keep a request or the end waiting for a collector that is away or hangs", async () => {
      const hanging = await useCollector({ hangs: true });
      const away = ["http://127.0.0.1:1", "http://collector.invalid:4318"];
      const endpoints = [hanging.url, ...away.slice(isNightly ? 0 : 1)];
      await Promise.all(
        endpoints.map(async (endpoint) => {
          const server = await start(endpoint);
          const started = performance.now();
          const answers = await Promise.all(Array.from({ length: 200 }, () => server.request("/api/v1/config")));
          expect(answers.every(({ status }) => status === 200)).toBe(true);
          expect(performance.now() - started).toBeLessThan(3_000);
          const signalled = performance.now();
          server.signal("SIGTERM");
          expect((await server.exited).code).toBe(0);
          expect(performance.now() - signalled).toBeLessThan(6_000);
          expect(server.stderr()).toBe("");
        }),
      );
    });
  });
}
