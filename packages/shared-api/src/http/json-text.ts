import type { Context, TypedResponse } from "hono";
import type { AppEnv } from "../deps.ts";

/** As `c.json(body, 200)`, of a body that is JSON text already. */
export function jsonText<Body>(c: Context<AppEnv>, text: string): Response & TypedResponse<Body, 200, "json"> {
  return c.body(text, 200, JSON_HEADERS) as unknown as Response & TypedResponse<Body, 200, "json">;
}

/** A page of a list whose items are JSON text already; `more` is what it says beside. */
export function pageText(items: readonly string[], next_cursor: string | null, more: object = {}): string {
  const [begin, end] = ['{"items":[', `],${JSON.stringify({ next_cursor, ...more }).slice(1)}`];
  if (items.length === 0) return begin + end;
  // All in one join: V8 would copy a long text that is put together of others once more before it is sent.
  const parts = items.slice();
  parts[0] = begin + parts[0];
  parts[parts.length - 1] += end;
  return parts.join(",");
}

const JSON_HEADERS = { "Content-Type": "application/json" };
