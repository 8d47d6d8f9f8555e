import type { IncomingMessage } from "node:http";
import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import type { Answer } from "../http/answer.ts";

/** What the server hands to the app beside the request. A test that hands requests in has none of it. */
export type Connection = Readonly<{ incoming: IncomingMessage; outgoing: Answer }>;

export function connectionOf(c: Context<AppEnv>): Partial<Connection> {
  return (c.env as Partial<Connection> | undefined) ?? none;
}

const none: Partial<Connection> = {};
