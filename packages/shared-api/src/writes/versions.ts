import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import { AppError } from "../http/app-error.ts";

/** Tells a client which version it has got, so that it can say `If-Match` when it changes it. */
export function setVersion(c: Context<AppEnv>, { version }: Readonly<{ version: number }>): void {
  c.header("ETag", `"${version}"`);
}

/**
 * The version that a caller wants to change, from `If-Match`; null if any will do. Give it to the statement,
 * `($1::integer is null or version = $1)`, and throw `changedMeanwhile()` when the row is there in another one.
 */
export function expectedVersion(c: Context<AppEnv>): number | null {
  const header = c.req.header("If-Match")?.trim();
  if (header === undefined || header === "*") return null;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  // A weak tag or one that we never made matches nothing.
  if (version === undefined) throw changedMeanwhile();
  return Number(version);
}

export function changedMeanwhile(): AppError {
  return new AppError("precondition_failed", "It was changed in the meantime: read it again");
}
