import { createServer, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { type ErrorCode, errorCodes } from "../http/error-codes.ts";

type Fetch = (request: Request, env: object) => Response | Promise<Response>;

/** A client that is slow on purpose is let go after 10 s, a second sooner or later. */
const SLOW_CLIENT_MS = 10_000;
const CHECK_EVERY_MS = 1_000;
/** Longer than a load balancer keeps its own side open (60 s), so that it never sends into a closing connection. */
const KEEP_ALIVE_MS = 65_000;
const MAX_HEADER_BYTES = 16_384;

/** The server, not listening yet. What it cannot hand to the app, because it is no request, it answers itself. */
export function createHttpServer(product: string, fetch: Fetch): Server {
  const listener = getRequestListener(fetch, {
    // A Host or path that makes no URL; the app answers all errors of its own.
    errorHandler: () => new Response(bodyOf(product, "invalid", 400), { status: 400, headers: problemType }),
  });
  const server = createServer(
    {
      headersTimeout: SLOW_CLIENT_MS,
      requestTimeout: SLOW_CLIENT_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      requireHostHeader: false, // the listener refuses it too, and answers with a problem
    },
    listener,
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => refuse(product, error, socket));
  return server;
}

const problemType = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };

/** What the parser refuses, by the code of its error; everything else is a 400. */
const refusals: Record<string, readonly [number, string, ErrorCode]> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large", "too_large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "invalid"],
};

function refuse(product: string, error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const [status, phrase, code] = refusals[error.code ?? ""] ?? [400, "Bad Request", "invalid" as const];
  const body = bodyOf(product, code, status);
  const headers = { ...problemType, "Content-Length": String(Buffer.byteLength(body)), Connection: "close" };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${phrase}`, ...head, "", body].join("\r\n"));
}

function bodyOf(product: string, code: ErrorCode, status: number): string {
  const { title } = errorCodes[code];
  return JSON.stringify({ type: `urn:whitelabel:problem:${code}`, title, status, detail: title, code, product });
}
