import type { Context, HonoRequest } from "hono";
import type { AppEnv } from "../deps.ts";
import { routeOf } from "../http/allowed-methods.ts";
import { AppError } from "../http/app-error.ts";
import { connectionOf } from "./connection-of.ts";
import { brokenJsonRule } from "./json-rules.ts";

/** 1 MiB: the largest listing with its texts is a few tens of kilobytes. */
const MAX_BYTES = 1_048_576;
/** Of all bodies that are being read at this moment: many that never end must not fill the memory. */
const MAX_BYTES_AT_ONCE = 64 * MAX_BYTES;

const tooLarge = () => new AppError("too_large", "A body may have 1 MiB at most");
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

let bytesAtOnce = 0;

/**
 * Reads the body of a request, once and before its route: within its size, as JSON without anything that readers of JSON
 * disagree on. `c.req.json()`, and with it `c.req.valid("json")`, and `c.req.text()` then give what was read here. A
 * webhook's body is its sender's: it is read, and judged by its signature. Undefined if there is none.
 */
export function readBody(c: Context<AppEnv>): Promise<void> | undefined {
  const { method } = c.req;
  if (method === "GET" || method === "HEAD" || method === "OPTIONS" || !hasBody(c) || !routeOf(c)) return undefined;
  return read(c);
}

async function read(c: Context<AppEnv>): Promise<void> {
  if (Number(c.req.header("Content-Length") ?? 0) > MAX_BYTES) throw tooLarge();
  refuseEncoding(c.req.header("Content-Encoding"));
  const isOurs = !c.req.path.startsWith("/api/webhooks/");
  if (isOurs) refuseType(c.req.header("Content-Type"));

  const text = decode(await waitForBytes(c));
  const known = knownBody(c.req);
  known.text = Promise.resolve(text);
  if (!isOurs || text === "") return;
  known.json = Promise.resolve(parse(text));
  c.req.json = parsedBefore;
}

/** Where Hono keeps what it has read; its types speak of the contents and not of the promises that stand there. */
const knownBody = (request: HonoRequest) => request.bodyCache as Partial<Record<"text" | "json", unknown>>;

/** Hono's own would parse the text again at every call. */
function parsedBefore(this: HonoRequest) {
  return knownBody(this).json as Promise<never>;
}

/** A message without either header has none. Handed in by a test, it has no headers yet. */
function hasBody(c: Context<AppEnv>): boolean {
  if (c.req.header("Transfer-Encoding") !== undefined) return true;
  const length = c.req.header("Content-Length");
  if (length !== undefined) return length !== "0";
  return connectionOf(c).incoming === undefined && c.req.raw.body !== null;
}

/** What unpacks to a thousand times its size is for files. */
function refuseEncoding(encoding: string | undefined): void {
  if (encoding === undefined || encoding.trim().toLowerCase() === "identity") return;
  throw new AppError("unsupported_media", "Send the body as it is, without Content-Encoding", {
    headers: { "Accept-Encoding": "identity" },
  });
}

function refuseType(type: string | undefined): void {
  const isJson = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i.test(type ?? "");
  if (!isJson) throw new AppError("unsupported_media", "Send application/json in UTF-8");
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new AppError("invalid", "The body is not valid UTF-8");
  }
}

function parse(text: string): unknown {
  const fault = brokenJsonRule(text);
  if (fault) throw new AppError("invalid", "The request is not valid", { errors: [fault] });
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid", "The body is not valid JSON");
  }
}

/**
 * Whoever sends slowly holds neither a place nor our deadline: the server ends a connection whose request takes more
 * than nine seconds.
 */
async function waitForBytes(c: Context<AppEnv>): Promise<Uint8Array> {
  const { incoming, outgoing } = connectionOf(c);
  const place = outgoing?.place;
  if (!incoming) return await collect(c.req.raw.body ?? []);

  const deadline = c.get("deadline");
  deadline?.suspend();
  place?.leave();
  try {
    const bytes = await collect(incoming.iterator({ destroyOnReturn: false })); // the connection is still answered
    if (place && !(await place.returnTo())) throw new AppError("unavailable", "Too much to do right now");
    return bytes;
  } finally {
    deadline?.resume();
  }
}

/** Stops reading at the limit; the server lets the rest run out and ends the connection. */
async function collect(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      bytesAtOnce += chunk.length;
      if (length > MAX_BYTES) throw tooLarge();
      if (bytesAtOnce > MAX_BYTES_AT_ONCE) throw new AppError("unavailable", "Too much to read right now");
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("bad_request", "The body did not arrive as a whole", { cause: error });
  } finally {
    bytesAtOnce -= length;
  }
  return Buffer.concat(chunks, length);
}
