import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../deps.ts";
import { routeOf } from "../http/allowed-methods.ts";
import { AppError } from "../http/app-error.ts";
import { type Access, accessTo } from "../role-table.ts";
import { type CurrentUser, hasRole } from "./current-user.ts";
import type { Users } from "./users.ts";
import { refused, type VerifyToken } from "./verify-token.ts";

/** Lets a request through to its route if the role table says so; a route that is not in the table is closed. */
export function authorize(verifyToken: VerifyToken, users: Users): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const route = routeOf(c);
    if (!route) return next(); // 404 or 405

    const access = accessTo(route.method, route.path);
    if (access === undefined) throw new AppError("forbidden", "Nobody may use this route");
    if (access === "open") return next();

    const header = c.req.header("Authorization");
    if (header !== undefined) c.set("user", await userOf(header));
    admit(c.get("user"), access);
    return next();
  };

  async function userOf(header: string): Promise<CurrentUser> {
    // Two headers arrive joined by a comma, which no token holds.
    const token = /^Bearer ([\w.-]+)$/i.exec(header)?.[1];
    if (token === undefined) throw refused();

    const user = await users.of(await verifyToken(token));
    if (user.deleted_at !== null) throw refused();
    if (!user.is_active) throw new AppError("forbidden", "This account is not active");
    return user;
  }
}

function admit(user: CurrentUser | undefined, access: Exclude<Access, "open">): void {
  if (access === "public") return;
  if (!user) {
    throw new AppError("unauthenticated", "Send a session token", { headers: { "WWW-Authenticate": "Bearer" } });
  }
  if (!hasRole(user, access)) throw new AppError("forbidden", "Your role may not do this");
}
