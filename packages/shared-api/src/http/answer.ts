import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import type { Place } from "../limits/places.ts";

/** Headers with names in lower case, as plain as they can be: a Headers object makes a request half as dear again. */
export type PlainHeaders = Record<string, string>;

/** What is laid around the headers that a Response brings. */
export type HeaderLayers = Readonly<{
  /** Under them: only where the Response says nothing. */
  defaults: PlainHeaders;
  /** Over them. */
  forced: PlainHeaders;
  /** What the answer depends on, beside what the Response says in `Vary` itself. */
  vary: string;
}>;

type Given = OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined;

/** The server's side of an answer, which adds the layers when the head is written. */
export class Answer<Incoming extends IncomingMessage = IncomingMessage> extends ServerResponse<Incoming> {
  layers: HeaderLayers | undefined;
  /** What its request holds while it is worked on; health checks have none. */
  place: Place | undefined;

  override writeHead(status: number, message?: string, headers?: Given): this;
  override writeHead(status: number, headers?: Given): this;
  override writeHead(status: number, first?: string | Given, headers?: Given): this {
    if (typeof first === "string") return super.writeHead(status, first, headers);
    if (!this.layers || Array.isArray(first)) return super.writeHead(status, first);
    return super.writeHead(status, withLayers(first ?? {}, this.layers));
  }
}

function withLayers(given: OutgoingHttpHeaders, { defaults, forced, vary }: HeaderLayers): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = { ...defaults };
  for (const name in given) headers[name.toLowerCase()] = given[name];
  headers.vary = headers.vary === undefined ? vary : `${headers.vary}, ${vary}`;
  return Object.assign(headers, forced);
}

/** Lays them around at once, where there is no server that would do it. */
export function layAround({ headers }: Response, { defaults, forced, vary }: HeaderLayers): void {
  for (const name in defaults) if (!headers.has(name)) headers.set(name, defaults[name] as string);
  headers.append("Vary", vary);
  for (const name in forced) headers.set(name, forced[name] as string);
}

/** Lets `c.header()` write into a plain object instead of a Headers, and returns that. */
export function collectHeaders(c: Context<AppEnv>): PlainHeaders {
  const headers: PlainHeaders = {};
  c.header = (name: string, value?: string, options?: { append?: boolean }) => {
    const key = name.toLowerCase();
    const known = headers[key];
    if (value === undefined) delete headers[key];
    else headers[key] = options?.append && known !== undefined ? `${known}, ${value}` : value;
  };
  return headers;
}
