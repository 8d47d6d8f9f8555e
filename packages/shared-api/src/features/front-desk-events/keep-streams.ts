import type { ServerResponse } from "node:http";
import type { Env } from "@whitelabel/shared-config";
import type { Database } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import { type CurrentUser, hasRole } from "../../auth/current-user.ts";
import { findUsers } from "../../auth/queries.ts";
import type { VerifyToken } from "../../auth/verify-token.ts";
import { AppError } from "../../http/app-error.ts";
import { errorDetails } from "../../http/error-details.ts";
import type { Lifecycle } from "../../process/lifecycle.ts";
import { inScope, type Scope, scopeOf } from "../front-desk/branches.ts";
import type { EventFeed } from "./event-feed.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";

/** Whose stream it is and what they may be told of. */
export type Listener = Readonly<{
  user: CurrentUser;
  /** Looked at again while the stream lasts; it is kept in memory only. */
  token: string;
  /** One branch, if they asked for one. */
  property_id: string | undefined;
  from: number | "unreadable" | undefined;
  /** The connection; a test that hands requests in has none. */
  outgoing: ServerResponse | undefined;
}>;

type Options = Readonly<{
  env: Env;
  database: Database;
  feed: EventFeed;
  verifyToken: VerifyToken;
  lifecycle: Lifecycle;
  log: Logger;
  /** How many streams at once. */
  most?: number;
}>;

type Kept = { listener: Listener; stream: EventStream; openedAt: number; checkedAt: number };

const LOOK_EVERY_MS = 250;
const CHECK_EVERY_MS = 30_000;
/** A check that could not be made is made again; nobody stays unchecked for longer. */
const LONGEST_UNCHECKED_MS = 60_000;
const BEAT_EVERY_MS = 15_000;
const LONGEST_MS = 15 * 60_000;
/** One that takes nothing for so long has stopped reading. */
const STALLED_MS = 20_000;
/** How long the last words may take to leave. */
const HANG_UP_MS = 5_000;
/** A stream takes about 30 kB, measured with 10,000: half a gigabyte in all. */
const MOST_STREAMS = 15_000;
/** Whoever is sent away together does not come back together. */
const soon = () => 500 + Math.random() * 1_500;
const spread = () => 1_000 + Math.random() * 4_000;

/**
 * Keeps all streams of a process, with one timer and one question to the database for many of them: heartbeats, who may
 * still listen, who listens for too long or has stopped reading, and their end when the process ends.
 */
export function keepStreams({ env, database, feed, verifyToken, lifecycle, log, most = MOST_STREAMS }: Options) {
  const streams = new Set<Kept>();
  let timer: NodeJS.Timeout | undefined;
  let isChecking = false;

  function open(listener: Listener): ReadableStream<Uint8Array> {
    if (streams.size >= most) throw new AppError("unavailable", "Too many streams are open right now");
    // A peer that vanished without a word is noticed by the system.
    listener.outgoing?.socket?.setKeepAlive(true, CHECK_EVERY_MS);
    const now = performance.now();
    const stream = openEventStream({
      feed,
      scope: scopeFor(listener, listener.user, env),
      from: listener.from,
      onClose: () => forget(kept),
      onFailure: (error) => log.error({ error: errorDetails(error) }, "a stream failed"),
    });
    // The first checks are spread, or 1,000 clients who came together would be checked together for ever.
    const kept: Kept = { listener, stream, openedAt: now, checkedAt: now - Math.random() * (CHECK_EVERY_MS / 3) };
    streams.add(kept);
    timer ??= setInterval(look, LOOK_EVERY_MS).unref();
    return stream.body;
  }

  function forget(kept: Kept): void {
    streams.delete(kept);
    if (streams.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  function look(): void {
    const now = performance.now();
    const due: Kept[] = [];
    for (const kept of streams) {
      const { sentAt, stalledSince } = kept.stream.state();
      if (lifecycle.isClosing) end(kept, spread());
      else if (stalledSince !== undefined && now - stalledSince > STALLED_MS) end(kept, soon());
      else if (now - kept.openedAt > LONGEST_MS) end(kept, soon());
      else if (now - kept.checkedAt > LONGEST_UNCHECKED_MS) end(kept, soon());
      else {
        if (now - kept.checkedAt > CHECK_EVERY_MS) due.push(kept);
        if (now - sentAt > BEAT_EVERY_MS) kept.stream.beat();
      }
    }
    if (due.length > 0 && !isChecking) void check(due, now);
  }

  async function check(due: readonly Kept[], now: number): Promise<void> {
    isChecking = true;
    try {
      const users = await findUsers(database, [...new Set(due.map(({ listener }) => listener.user.clerk_user_id))]);
      const known = new Map(users.map((user) => [user.clerk_user_id, user]));
      await Promise.all(due.map((kept) => checkOne(kept, known.get(kept.listener.user.clerk_user_id), now)));
    } catch {
      // The database is away, so nothing is told either; they are checked when it is back.
    } finally {
      isChecking = false;
    }
  }

  async function checkOne(kept: Kept, user: CurrentUser | undefined, now: number): Promise<void> {
    const { listener, stream } = kept;
    if (!user || !mayListen(listener, user, env) || !(await isGood(listener.token))) {
      end(kept, soon()); // asked for again, it is refused, or goes on with a fresh token
      return;
    }
    stream.narrow(scopeFor(listener, user, env));
    kept.checkedAt = now;
  }

  async function isGood(token: string): Promise<boolean> {
    try {
      await verifyToken(token);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === "unauthenticated") return false;
      throw error;
    }
  }

  return { open };
}

function end({ listener: { outgoing }, stream }: Kept, retryMs: number): void {
  stream.end(retryMs);
  if (!outgoing || outgoing.writableFinished) return;
  const timer = setTimeout(() => outgoing.destroy(), HANG_UP_MS).unref();
  outgoing.once("close", () => clearTimeout(timer));
}

function mayListen({ property_id }: Listener, user: CurrentUser, env: Env): boolean {
  if (user.deleted_at !== null || !user.is_active || !hasRole(user, "agent")) return false;
  return property_id === undefined || inScope(scopeOf(user, env), property_id);
}

function scopeFor({ property_id }: Listener, user: CurrentUser, env: Env): Scope {
  return property_id === undefined ? scopeOf(user, env) : [property_id];
}
