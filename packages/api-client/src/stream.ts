import { ApiError } from "./api-error.ts";
import { openParser, type RawEvent } from "./parse-events.ts";
import { pause } from "./pause.ts";
import { delayMs, mayPass } from "./repeat.ts";
import type { Call, Transport } from "./transport.ts";
import type { StreamEvent, StreamOptions } from "./types.ts";

/** The API says something every few seconds: as long as this is a connection that died unnoticed. */
const SILENCE_MS = 45_000;
/** How long to wait before connecting again, until the stream says it itself. */
const RETRY_MS = 1_000;
const LONGEST_MS = 30_000;

type Request = Pick<Call, "url" | "method" | "headers" | "body">;

/**
 * The events of a stream. One that is read with GET goes on for ever: when it ends or is lost it is asked for again
 * from the last event on, and only the signal ends it, or the API when it refuses the caller.
 */
export async function* streamEvents(
  send: Transport,
  request: Request,
  { signal, lastEventId = "", onConnection }: StreamOptions = {},
): AsyncGenerator<StreamEvent<unknown>, void, undefined> {
  const goesOn = request.method === "GET";
  let position = lastEventId;
  let retryMs = RETRY_MS;
  let failures = 0;
  let isConnected = false;
  const tell = (is: boolean) => {
    if (is !== isConnected) onConnection?.(is);
    isConnected = is;
  };

  while (!signal?.aborted) {
    let retryAfter: number | undefined;
    try {
      const body = await connect(send, request, position, signal);
      tell(true);
      const parser = openParser({
        lastEventId: position,
        onRetry: (ms) => {
          retryMs = ms;
        },
      });
      failures += 1; // until an event comes: a stream that always ends at once is none
      for await (const text of readText(body, signal)) {
        for (const raw of parser.parse(text)) {
          if (signal?.aborted) return;
          failures = 0;
          yield { id: raw.id, event: raw.event, data: dataOf(raw) };
          position = raw.id;
        }
        position = parser.position();
      }
      if (!goesOn) return;
    } catch (error) {
      if (signal?.aborted) return;
      if (!goesOn || !(error instanceof ApiError) || !(mayPass(error) || error.status >= 500)) throw error;
      retryAfter = error.retry_after;
      failures += 1;
      tell(false);
    }
    if (signal?.aborted) return;
    const backOff = failures === 0 ? 0 : delayMs(failures, retryAfter, LONGEST_MS);
    await pause(retryMs * (1 + Math.random() / 2) + backOff, signal).catch(() => {});
  }
}

async function connect(send: Transport, request: Request, position: string, signal: AbortSignal | undefined) {
  const headers = new Headers(request.headers);
  if (position !== "") headers.set("Last-Event-ID", position);
  return await send({ ...request, headers, signal }, async ({ body, status, headers: said }) => {
    const isStream = said.get("Content-Type")?.startsWith("text/event-stream");
    if (!body || !isStream) throw new ApiError("unexpected", "The answer is not a stream of events", { status });
    return body;
  });
}

/** Text as it arrives. A connection that is silent for too long, or breaks, is an ApiError `network`. */
async function* readText(body: ReadableStream<Uint8Array>, signal: AbortSignal | undefined) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const cancel = () => void reader.cancel().catch(() => {});
  let isSilent = false;
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    while (!signal?.aborted) {
      const timer = setTimeout(() => {
        isSilent = true;
        cancel();
      }, SILENCE_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (isSilent) throw new Error(`Nothing came for ${SILENCE_MS} ms`);
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (cause) {
    throw new ApiError("network", "The stream was lost", { cause });
  } finally {
    signal?.removeEventListener("abort", cancel);
    cancel();
  }
}

/** JSON, as everything of this API; what is not stays text. */
function dataOf({ data }: RawEvent): unknown {
  if (data === undefined) return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
