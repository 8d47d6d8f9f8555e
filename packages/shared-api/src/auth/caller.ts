import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import { AppError } from "../http/app-error.ts";
import type { CurrentUser } from "./current-user.ts";
import type { CurrentGuest } from "./guest-links.ts";

/** Who an audit row names. */
export type Actor =
  | Readonly<{ type: "user"; id: number }>
  | Readonly<{ type: "guest"; link_id: string }>
  | Readonly<{ type: "system" }>;

/** Whoever did something, and in which request. */
export type Author = Readonly<{ actor: Actor; request_id: string }>;
export type Caller = Author & Readonly<{ user: CurrentUser }>;
export type Guest = Author & Readonly<{ guest: CurrentGuest }>;

/** The signed-in user that the role table let in. */
export function callerOf(c: Context<AppEnv>): Caller {
  const user = c.get("user");
  if (!user) throw new AppError("unauthenticated", "Send a session token");
  return { user, actor: { type: "user", id: user.id }, request_id: c.get("request_id") };
}

/** The guest whose link the role table let in. */
export function guestOf(c: Context<AppEnv>): Guest {
  const guest = c.get("guest");
  if (!guest) throw new AppError("unauthenticated", "Send the token of a guest link");
  return { guest, actor: { type: "guest", link_id: guest.link_id }, request_id: c.get("request_id") };
}
