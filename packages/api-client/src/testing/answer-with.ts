import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

type Seen = { method: string; url: string; headers: IncomingMessage["headers"]; body: string };
type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server that answers each request with the next of these, and the last one from then on. Ended with the test. */
export async function answerWith(...answers: [Answer, ...Answer[]]) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push({ method, url, headers, body: "" });
    const at = seen.length - 1;
    const body = await text(request);
    seen[at] = { method, url, headers, body };
    answer?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
  };

export const problem = (code: string, status: number, headers: Record<string, string> = {}): Answer =>
  json({ code, status, title: code, detail: `It is ${code}`, request_id: "req-from-body" }, status, {
    "Content-Type": "application/problem+json",
    ...headers,
  });

/** Takes the request and drops the connection. */
export const hangUp: Answer = (response) => void response.destroy();

/** Takes the request and never answers. */
export const silence: Answer = () => {};

export const noContent: Answer = (response) => void response.writeHead(204).end();
