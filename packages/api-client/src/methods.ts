import { withPages } from "./pages.ts";
import { isRepeatable, repeat } from "./repeat.ts";
import { addressOf, entityTag, type Input, newIdempotencyKey } from "./request.ts";
import { streamEvents } from "./stream.ts";
import { openTransport, readJson, type Transport } from "./transport.ts";
import type { ChangeOptions, ClientOptions, CreateOptions, Operation, StreamOptions } from "./types.ts";

const ATTEMPTS = 3;

/** A method for each of these operations. */
export function methodsFor<Id extends string>(
  operations: Readonly<Record<Id, Operation>>,
  options: ClientOptions,
): Record<Id, unknown> {
  const send = openTransport(options);
  const methods = Object.entries<Operation>(operations).map(([id, operation]) => [
    id,
    methodOf(operation, options, send),
  ]);
  return Object.fromEntries(methods);
}

function methodOf(operation: Operation, { baseUrl, attempts = ATTEMPTS }: ClientOptions, send: Transport) {
  async function call(input: Input = {}, options: CreateOptions & ChangeOptions = {}): Promise<unknown> {
    const { signal, timeoutMs, onResponse } = options;
    const request = requestOf(baseUrl, operation, input, options);
    const how = { attempts, repeatable: isRepeatable(operation, request.headers), signal };
    const read = async (response: Response) => ({ response, answer: await readJson(response) });
    const { response, answer } = await repeat(() => send({ ...request, signal, timeoutMs }, read), how);
    onResponse?.(response);
    return answer;
  }

  async function* stream(input: Input = {}, options?: StreamOptions) {
    const request = requestOf(baseUrl, operation, input, {});
    request.headers.set("Accept", "text/event-stream");
    yield* streamEvents(send, request, options);
  }

  if (operation.paged) return withPages(call);
  const streamed = operation.bare ? (options?: StreamOptions) => stream({}, options) : stream;
  if (operation.events === "only") return streamed;
  const called = operation.bare ? (options?: CreateOptions & ChangeOptions) => call({}, options) : call;
  return operation.events === "too" ? Object.assign(called, { stream: streamed }) : called;
}

/** What is the same in every attempt of a call. */
function requestOf(
  baseUrl: string,
  operation: Operation,
  input: Input,
  { version, idempotencyKey }: CreateOptions & ChangeOptions,
) {
  const { method, once } = operation;
  const headers = new Headers({ Accept: "application/json" });
  if (input.body !== undefined) headers.set("Content-Type", "application/json");
  if (once) headers.set("Idempotency-Key", idempotencyKey ?? newIdempotencyKey());
  if (version !== undefined) headers.set("If-Match", entityTag(version));
  return {
    url: addressOf(baseUrl, operation, input),
    method,
    headers,
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
  };
}
