import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Metrics } from "./metrics.ts";

/** A scraper sends a line and reads at once. */
const LIMIT_MS = 2_000;
const CHECK_EVERY_MS = 500;

/** Serves `GET /metrics` and nothing else, apart from the public port: what it says is for whoever operates us. */
export function createMetricsServer(metrics: Pick<Metrics, "text" | "contentType">): Server {
  const limits = { headersTimeout: LIMIT_MS, requestTimeout: LIMIT_MS, connectionsCheckingInterval: CHECK_EVERY_MS };
  const server = createServer({ ...limits, keepAliveTimeout: 65_000, maxHeaderSize: 8_192 }, answer);
  server.maxConnections = 100;
  server.on("clientError", (_error, socket) => socket.destroy());
  return server;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse) {
    incoming.resume();
    outgoing.setTimeout(LIMIT_MS, () => outgoing.destroy()); // a scraper that does not read
    if (incoming.url?.split("?")[0] !== "/metrics") return outgoing.writeHead(404).end();
    if (incoming.method !== "GET") return outgoing.writeHead(405, { Allow: "GET" }).end();
    try {
      const text = await metrics.text();
      return outgoing.writeHead(200, { "Content-Type": metrics.contentType, "Cache-Control": "no-store" }).end(text);
    } catch {
      return outgoing.writeHead(500).end();
    }
  }
}

/** Ends at once, whoever is still reading. */
export function closeMetricsServer(server: Server): void {
  server.close();
  server.closeAllConnections();
}
