import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Answer } from "../http/answer.ts";
import type { ErrorCode } from "../http/error-codes.ts";
import type { Connection } from "../limits/connection-of.ts";
import { isHealthPath } from "../limits/health-paths.ts";
import type { Place, Places } from "../limits/places.ts";
import type { RequestReport } from "../telemetry/request-report.ts";
import { followAnswers } from "./follow-answers.ts";
import { isClear, refusals } from "./refusals.ts";

type Fetch = (request: Request, env: Partial<Connection>) => Response | Promise<Response>;

type FetchCallback = Parameters<typeof getRequestListener>[0];
type Served = Readonly<{ incoming: IncomingMessage; outgoing: Answer }>;

type Options = Readonly<{
  product: string;
  /** The pages that may read why they were refused. */
  frontendUrl: string;
  fetch: Fetch;
  places: Places;
  /** Called for what is answered here and never reaches the app. */
  onRefused: (report: RequestReport) => void;
}>;

/** A client that is slow on purpose is let go a second after this at most, so in less than the 12 s that we promise. */
const SLOW_CLIENT_MS = 9_000;
const CHECK_EVERY_MS = 1_000;
/** Longer than a load balancer keeps its own side open (60 s), so that it never sends into a closing connection. */
const KEEP_ALIVE_MS = 65_000;
const MAX_HEADER_BYTES = 16_384;

/** The server, not listening yet. What it cannot hand to the app, because it is no request, it answers itself. */
export function createHttpServer({ product, frontendUrl, fetch, places, onRefused }: Options): Server {
  const { asResponse, answer, shed, end } = refusals(product, frontendUrl, onRefused);
  const answers = followAnswers();
  // What follows a request that was refused for its form may be a part of it: nobody knows where it ended.
  const refused = new WeakSet<Socket>();

  function refuse(incoming: IncomingMessage, outgoing: Answer, code: ErrorCode): void {
    refused.add(incoming.socket);
    answer(incoming, outgoing, code);
  }

  // A place is for the time until the answer is there; how long a client takes to read it is its own affair, and a
  // stream's.
  async function handle(request: Request, served: Served): Promise<Response> {
    try {
      return await fetch(request, served);
    } catch {
      return asResponse(served.incoming, "bad_request"); // the app answers all errors of its own
    } finally {
      served.outgoing.place?.leave();
    }
  }

  let beginning: Served;
  const listen = getRequestListener(handle as FetchCallback, {
    // A Host or path that makes no URL, found at once.
    errorHandler: () => {
      refused.add(beginning.incoming.socket);
      beginning.outgoing.place?.leave();
      return asResponse(beginning.incoming, "bad_request");
    },
  });

  function serve(incoming: IncomingMessage, outgoing: Answer, place?: Place): void {
    if (outgoing.destroyed) {
      place?.leave(); // gave up while it waited
      return;
    }
    outgoing.place = place;
    beginning = { incoming, outgoing };
    void listen(incoming, outgoing);
  }

  const server = createServer(
    {
      ServerResponse: Answer,
      headersTimeout: SLOW_CLIENT_MS,
      requestTimeout: SLOW_CLIENT_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      requireHostHeader: false, // the listener refuses it too, and answers with a problem
    },
    (incoming, outgoing) => {
      if (refused.has(incoming.socket)) return;
      answers.begin(incoming, outgoing);
      if (!isClear(incoming)) return refuse(incoming, outgoing, "bad_request");
      if (isHealthPath(incoming.url ?? "")) return serve(incoming, outgoing);
      places.enter(
        (place) => serve(incoming, outgoing, place),
        () => shed(incoming, outgoing),
      );
    },
  );
  server.on("checkExpectation", (incoming, outgoing) => {
    if (refused.has(incoming.socket)) return;
    answers.begin(incoming, outgoing);
    refuse(incoming, outgoing, "expectation_failed");
  });
  server.on("connect", (_incoming, socket) => end(socket, "bad_request")); // we are nobody's proxy
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const isGone = !socket.writable || error.code === "ECONNRESET";
    if (isGone || !answers.isDue(socket)) socket.destroy();
    else end(socket, parserCodes[error.code ?? ""] ?? "bad_request");
  });
  return server;
}

/** What the parser refuses, by the code of its error; everything else is a bad request. */
const parserCodes = {
  HPE_HEADER_OVERFLOW: "header_too_large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "too_large",
  ERR_HTTP_REQUEST_TIMEOUT: "timeout",
} as Record<string, "header_too_large" | "too_large" | "timeout">;
