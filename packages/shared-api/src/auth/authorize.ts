import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import { routeOf } from "../http/allowed-methods.ts";
import { AppError } from "../http/app-error.ts";
import { type Access, accessTo } from "../role-table.ts";
import { type CurrentUser, hasRole } from "./current-user.ts";
import { type CurrentGuest, isGuestToken } from "./guest-links.ts";
import type { Users } from "./users.ts";
import { refused, type VerifyToken } from "./verify-token.ts";

export type Credentials = Readonly<{
  verifyToken: VerifyToken;
  users: Users;
  /** The user as they are once what their verified token proves is taken into account. */
  promote(user: CurrentUser, token: string, requestId: string): Promise<CurrentUser>;
  /** The guest of a link's token; undefined if it opens nothing (any more). */
  findGuest(token: string): Promise<CurrentGuest | undefined>;
}>;

/**
 * Finds out who calls, and throws unless the role table lets them use this route; a route that is not in the table is
 * closed. Undefined if there was nothing to wait for.
 */
export type Authorize = (c: Context<AppEnv>) => Promise<void> | undefined;

export function authorize({ verifyToken, users, promote, findGuest }: Credentials): Authorize {
  return (c) => {
    const route = routeOf(c);
    if (!route) return undefined; // 404 or 405

    const access = accessTo(route.method, route.path);
    if (access === undefined) throw new AppError("forbidden", "Nobody may use this route");
    if (access === "open") return undefined;

    const header = c.req.header("Authorization");
    if (header !== undefined) return identify(c, header, access);
    admit(undefined, undefined, access);
    return undefined;
  };

  async function identify(c: Context<AppEnv>, header: string, access: Exclude<Access, "open">): Promise<void> {
    const token = tokenOf(header);
    if (isGuestToken(token)) c.set("guest", await guestOf(token));
    else await admitUser(c, token);
    admit(c.get("user"), c.get("guest"), access);
  }

  function tokenOf(header: string): string {
    // Two headers arrive joined by a comma, which no token holds.
    const token = /^Bearer ([\w.-]+)$/i.exec(header)?.[1];
    if (token === undefined) throw refused();
    return token;
  }

  async function guestOf(token: string): Promise<CurrentGuest> {
    const guest = await findGuest(token);
    if (!guest) throw refused();
    return guest;
  }

  async function admitUser(c: Context<AppEnv>, token: string): Promise<void> {
    const known = await users.of(await verifyToken(token));
    if (known.deleted_at !== null) throw refused();
    const user = await promote(known, token, c.get("request_id"));
    c.set("user", user); // who is refused is counted and recorded, too
    if (!user.is_active) throw new AppError("forbidden", "This account is not active");
  }
}

function admit(user: CurrentUser | undefined, guest: CurrentGuest | undefined, access: Exclude<Access, "open">): void {
  if (access === "public") return;
  if (!user && !guest) {
    throw new AppError("unauthenticated", "Send a session token", { headers: { "WWW-Authenticate": "Bearer" } });
  }
  if (access === "guest") {
    if (!guest) throw new AppError("forbidden", "Only the guest of a booking may do this");
  } else if (!user || !hasRole(user, access)) throw new AppError("forbidden", "Your role may not do this");
}
