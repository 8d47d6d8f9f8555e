import type { Product } from "@whitelabel/shared-config";
import { beforeAll } from "vitest";
import { useApp } from "../use-app.ts";
import type { As } from "./as.ts";
import { headersOf, type Input, pathOf } from "./build-request.ts";
import { type Answer, openChecker } from "./check-answers.ts";
import { type OpenApiDocument, type Operation, operationsOf } from "./document.ts";
import { webhookSecret } from "./signed-event.ts";
import { openWorld, type World } from "./world.ts";

export type Api = ReturnType<typeof useApi>;

/**
 * A product's app with all that its own document says of it. Whatever is sent through `send` is compared with the
 * document; what does not fit, and every 5xx, is kept in `differences`.
 */
export function useApi(product: Product, overrides: Parameters<typeof useApp>[1] = {}) {
  const kit = useApp(product, {
    seeded: true,
    ...overrides,
    env: { CLERK_WEBHOOK_SECRET: webhookSecret, ...overrides.env },
  });
  const differences = new Map<string, string>();
  let ready: { operations: Operation[]; document: OpenApiDocument; world: World } | undefined;
  let check: ReturnType<typeof openChecker>;
  let requests = 0;

  beforeAll(async () => {
    const response = await kit.request("/api/openapi.json");
    const document = (await response.json()) as OpenApiDocument;
    check = openChecker(document);
    const operations = operationsOf(document);
    ready = { document, operations, world: await openWorld(product, kit, (id, input, as) => sendTo(id, input, as)) };
  });

  const now = () => {
    if (!ready) throw new Error("The document is there from beforeAll on, not while tests are being collected");
    return ready;
  };

  async function sendTo(id: string, input: Input, as?: As): Promise<Answer> {
    const operation = now().operations.find((one) => one.id === id);
    if (!operation) throw new Error(`There is no operation ${id}`);
    return await send(operation, input, as);
  }

  async function send(operation: Operation, input: Input = {}, as: As = "nobody"): Promise<Answer> {
    const headers = headersOf(input);
    const token = as === "nobody" ? undefined : typeof as === "object" ? as.token : now().world.tokens[as];
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    const body = input.body ?? (input.json === undefined ? undefined : JSON.stringify(input.json));
    if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
    const { method } = operation;
    requests += 1;
    const path = pathOf(operation, input);
    const answer = await answerOf(
      await kit.app.request(path, { method, headers, ...(body !== undefined && { body }) }),
    );
    note(operation, answer);
    return answer;
  }

  /** Keeps what does not fit the document, once for each kind. */
  function note(operation: Operation, answer: Answer): void {
    const found = check(operation, answer);
    if (answer.status >= 500) found.push(`answers ${answer.status}: ${answer.text.slice(0, 200)}`);
    for (const difference of found) {
      const kind = `${operation.id}: ${difference.replaceAll(/\d{3,}|[0-9a-f-]{36}/g, "…")}`;
      differences.set(kind, `${operation.method} ${operation.path} ${difference}`);
    }
  }

  return {
    kit,
    product,
    send,
    sendTo,
    note,
    differences,
    get operations() {
      return now().operations;
    },
    get document() {
      return now().document;
    },
    get world() {
      return now().world;
    },
    get requests() {
      return requests;
    },
  };
}

/** The whole of an answer; of a stream, what comes first. */
export async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const type = headers.get("content-type") ?? "";
  const text = type.startsWith("text/event-stream") ? await beginOf(response) : await response.text();
  return { status, headers, text, json: /\bjson\b/.test(type) ? (JSON.parse(text) as unknown) : undefined };
}

async function beginOf({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return Buffer.from((first?.value as Uint8Array | undefined) ?? []).toString();
}
