import type { Env } from "@whitelabel/shared-config";
import type { Database } from "@whitelabel/shared-db";
import type { Context } from "hono";
import type { Logger } from "pino";
import type { AppEnv } from "../deps.ts";
import { routeOf } from "../http/allowed-methods.ts";
import { AppError } from "../http/app-error.ts";
import { errorDetails } from "../http/error-details.ts";
import { recordAudit } from "../writes/change.ts";
import type { Author } from "./caller.ts";
import { isForeignRow } from "./is-foreign-row.ts";

type Stores = Readonly<{ env: Env; database: Database; log: Logger }>;

/** Called after a request that failed, before it is answered. Never throws. */
export type RecordDenial = (c: Context<AppEnv>) => Promise<void>;

/**
 * Records each refusal of somebody we know: a role too low, an account that is not active, a branch that is not theirs
 * or a row of one.
 * What was beyond a rate limit is no refusal, so nobody fills the log faster than they may ask. A refusal that cannot be
 * recorded is a refusal all the same.
 */
export function auditDenials({ env, database, log }: Stores): RecordDenial {
  return async (c) => {
    const author = authorOf(c);
    const route = routeOf(c);
    if (!author || !route || !(c.error instanceof AppError)) return;
    if (!c.error.isDenial && c.error.code !== "not_found") return;

    // The pattern and not the path: what a caller wrote into an address may be anything.
    const { method, path } = route;
    const entry = { action: "access.denied", entity: "route", details: { method, route: path, code: c.error.code } };
    try {
      if (!c.error.isDenial && !(await isForeignRow({ env, database }, c.get("user"), c.req.path))) return;
      await recordAudit(database, author, entry, `${method} ${path}`);
    } catch (error) {
      log.warn({ request_id: author.request_id, error: errorDetails(error) }, "a denial could not be recorded");
    }
  };
}

/** Undefined for somebody unknown: the log of requests is theirs. */
function authorOf(c: Context<AppEnv>): Author | undefined {
  const [user, guest, request_id] = [c.get("user"), c.get("guest"), c.get("request_id")];
  if (user) return { actor: { type: "user", id: user.id }, request_id };
  return guest && { actor: { type: "guest", link_id: guest.link_id }, request_id };
}
