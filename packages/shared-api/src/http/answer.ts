import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import type { Place } from "../limits/places.ts";
import { sendTogether } from "./send-together.ts";

/** Headers with names in lower case, as plain as they can be: a Headers object makes a request half as dear again. */
export type PlainHeaders = Record<string, string>;

/** What is laid around the headers that a Response brings: each layer over the ones before it. */
export type HeaderLayers = Readonly<{
  /** Under them: only where the Response says nothing. */
  defaults: PlainHeaders;
  /** What the route said by `c.header()`. */
  own: PlainHeaders;
  always: PlainHeaders;
  forced: PlainHeaders;
}>;

type Given = OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined;

/** The server's side of an answer, which adds the layers when the head is written, and is sent together with others. */
export class Answer<Incoming extends IncomingMessage = IncomingMessage> extends ServerResponse<Incoming> {
  layers: HeaderLayers | undefined;
  /** What its request holds while it is worked on; health checks have none. */
  place: Place | undefined;
  /** What `end` was given, until it is sent. */
  #ready: unknown[] | undefined;

  /** The end is sent with those of all answers that are ready in this turn of the loop; until then it has not ended. */
  override end(callback?: () => void): this;
  override end(chunk: unknown, callback?: () => void): this;
  override end(chunk: unknown, encoding: BufferEncoding, callback?: () => void): this;
  override end(...given: unknown[]): this {
    if (this.#ready) return this;
    if (!this.headersSent) return this.#end(given); // its head may be refused, and who ends it shall know
    this.#ready = given;
    sendTogether(this);
    return this;
  }

  /** For the last answer on its connection: what comes behind its request may close that at once. */
  endNow(text: string | undefined): void {
    super.end(text);
  }

  /** Sends the end that waits, if there is one. */
  send(): void {
    const given = this.#ready;
    if (!given) return;
    this.#ready = undefined;
    try {
      this.#end(given);
    } catch (error) {
      super.destroy(error as Error); // nobody else's answer shall be lost
    }
  }

  /** Whoever answers and then ends the connection means both. */
  override destroy(error?: Error): this {
    this.send();
    return super.destroy(error);
  }

  #end(given: unknown[]): this {
    return (super.end as (...given: unknown[]) => this).apply(this, given);
  }

  override writeHead(status: number, message?: string, headers?: Given): this;
  override writeHead(status: number, headers?: Given): this;
  override writeHead(status: number, first?: string | Given, headers?: Given): this {
    if (typeof first === "string") return super.writeHead(status, first, headers);
    if (!this.layers || Array.isArray(first)) return super.writeHead(status, first);
    return super.writeHead(status, withLayers(first ?? {}, this.layers));
  }
}

function withLayers(given: OutgoingHttpHeaders, { defaults, own, always, forced }: HeaderLayers): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = { ...defaults };
  for (const name in given) headers[name.toLowerCase()] = given[name];
  const vary = varyOf(headers.vary as string | undefined, own.vary);
  Object.assign(headers, own, always, forced);
  headers.vary = vary;
  return headers;
}

/** Lays them around at once, where there is no server that would do it. */
export function layAround({ headers }: Response, { defaults, own, always, forced }: HeaderLayers): void {
  for (const name in defaults) if (!headers.has(name)) headers.set(name, defaults[name] as string);
  const vary = varyOf(headers.get("Vary") ?? undefined, own.vary);
  const over: PlainHeaders = { ...own, ...always, ...forced, vary };
  for (const name in over) headers.set(name, over[name] as string);
}

/** What an answer depends on, by the Response itself and by its route; and each depends on who may read it. */
function varyOf(given: string | undefined, own: string | undefined): string {
  if (given === undefined) return own === undefined ? "Origin" : `${own}, Origin`;
  return own === undefined ? `${given}, Origin` : `${given}, ${own}, Origin`;
}

/** Lets `c.header()` write into a plain object instead of a Headers, and returns that. */
export function collectHeaders(c: Context<AppEnv>): PlainHeaders {
  const headers: PlainHeaders = {};
  c.set("headers", headers);
  c.header = collect;
  return headers;
}

const collect: Context<AppEnv>["header"] = function (this: Context<AppEnv>, name, value, options) {
  const headers = this.get("headers");
  const key = name.toLowerCase();
  const known = headers[key];
  if (value === undefined) delete headers[key];
  else headers[key] = options?.append && known !== undefined ? `${known}, ${value}` : value;
};
