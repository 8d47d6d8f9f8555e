import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import type { Place } from "./places.ts";

/** What the server hands to the app beside the request. A test that hands requests in has none of it. */
export type Connection = Readonly<{ incoming: IncomingMessage; outgoing: ServerResponse; place: Place }>;

export function connectionOf(c: Context<AppEnv>): Partial<Connection> {
  return (c.env as Partial<Connection> | undefined) ?? {};
}
