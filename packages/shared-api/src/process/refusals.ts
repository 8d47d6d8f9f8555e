import { randomUUID } from "node:crypto";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Answer } from "../http/answer.ts";
import { exposedHeaders } from "../http/cors.ts";
import { requestIdOf } from "../http/envelope.ts";
import { type ErrorCode, errorCodes, statusOf } from "../http/error-codes.ts";
import { problemText, RETRY_AFTER_SECONDS } from "../http/problem.ts";
import { contentSecurityPolicy, securityHeaders } from "../http/security-headers.ts";
import type { RequestReport } from "../telemetry/request-report.ts";

/** How long a client may take to read why it was refused. */
const LINGER_MS = 1_000;

/** Problems for what never becomes a request of the app: as whole as the app's own, and the connection ends with them. */
export function refusals(product: string, frontendUrl: string, onRefused: (report: RequestReport) => void) {
  const tell = (code: ErrorCode, requestId: string, method = "other") =>
    onRefused({
      request_id: requestId,
      method,
      route: "unmatched",
      status: statusOf(code),
      code,
      user_id: undefined,
      duration_ms: 0,
    });

  function refusal(code: ErrorCode, requestId: string, instance: string, method?: string) {
    tell(code, requestId, method);
    const text = problemText({ code, detail: errorCodes[code].title, instance, product, request_id: requestId });
    const headers = new Headers({
      "Content-Type": "application/problem+json",
      "Content-Length": String(Buffer.byteLength(text)),
      "Cache-Control": "no-store",
      "X-Request-Id": requestId,
      "X-Product": product,
      Connection: "close",
      "Content-Security-Policy": contentSecurityPolicy,
      ...securityHeaders(false),
    });
    return { status: statusOf(code), headers, text };
  }

  const refusalOf = ({ headers, url = "", method }: IncomingMessage, code: ErrorCode) => {
    const given = headers["x-request-id"];
    return refusal(code, requestIdOf(typeof given === "string" ? given : undefined), pathOf(url), method);
  };

  return {
    asResponse(incoming: IncomingMessage, code: ErrorCode): Response {
      const { status, headers, text } = refusalOf(incoming, code);
      return new Response(text, { status, headers });
    },
    answer(incoming: IncomingMessage, outgoing: Answer, code: ErrorCode): void {
      const { status, headers, text } = refusalOf(incoming, code);
      outgoing
        .setHeaders(headers)
        .writeHead(status)
        .endNow(incoming.method === "HEAD" ? undefined : text);
    },
    /**
     * Too much to do. It is for the moments when every microsecond counts, so it says what is needed and keeps the
     * connection: to make a new one would be dearer than to refuse again.
     */
    shed(incoming: IncomingMessage, outgoing: Answer): void {
      const { headers, url = "" } = incoming;
      const given = headers["x-request-id"];
      const requestId = requestIdOf(typeof given === "string" ? given : undefined);
      const detail = "Too much to do right now";
      tell("unavailable", requestId, incoming.method);
      const text = problemText({ code: "unavailable", detail, instance: pathOf(url), product, request_id: requestId });
      outgoing.writeHead(503, {
        "Content-Type": "application/problem+json",
        "Content-Length": Buffer.byteLength(text),
        "Cache-Control": "no-store",
        "Retry-After": RETRY_AFTER_SECONDS,
        "X-Request-Id": requestId,
        "X-Product": product,
        "X-Content-Type-Options": "nosniff",
        Vary: "Origin",
        ...(headers.origin === frontendUrl && {
          "Access-Control-Allow-Origin": frontendUrl,
          "Access-Control-Expose-Headers": exposedHeaders,
        }),
      });
      outgoing.end(incoming.method === "HEAD" ? undefined : text);
    },
    /** Where there is nothing but a connection. Of what nobody could read, the occurrence is the only address. */
    end(socket: Duplex, code: ErrorCode): void {
      const id = randomUUID();
      const { status, headers, text } = refusal(code, id, `urn:uuid:${id}`);
      const head = [...headers].map(([name, value]) => `${name}: ${value}`);
      socket.on("error", () => socket.destroy());
      socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...head, "", text].join("\r\n"));
      setTimeout(() => socket.destroy(), LINGER_MS).unref();
    },
  };
}

/**
 * Whether everybody who reads this request sees the same host and the same end of it. The parser refuses most of what
 * is not so; of codings it lets pass what ends with `chunked`, though whoever stands before us may read them otherwise.
 */
export function isClear({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  const coding = headers["transfer-encoding"];
  const hasClearEnd = coding === undefined || (coding.toLowerCase() === "chunked" && httpVersion === "1.1");
  return hasClearEnd && (httpVersion === "1.1" || httpVersion === "1.0") && hasOneHost(rawHeaders);
}

/** Of two Hosts, one is checked here and the other may be believed by whoever stands before us. */
function hasOneHost(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  return hosts <= 1;
}

/** The path alone: a query may hold what somebody looked for. */
function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
  return path.startsWith("/") ? path : "/";
}
