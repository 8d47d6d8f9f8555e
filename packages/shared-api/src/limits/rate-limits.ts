import type { Env } from "@whitelabel/shared-config";
import type { Redis } from "@whitelabel/shared-redis";
import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import { AppError } from "../http/app-error.ts";
import { deriveKey } from "../http/derived-keys.ts";
import { statusOf } from "../http/error-codes.ts";
import { openAddressOf } from "./client-address.ts";
import { connectionOf } from "./connection-of.ts";
import { isHealthPath } from "./health-paths.ts";
import { openRateCounters, type Standing } from "./rate-counters.ts";

/** Of the requests that an address may make, as many may show a token that is not good. */
const BAD_TOKEN_SHARE = 0.5;

export type RateLimits = ReturnType<typeof rateLimits>;

/**
 * Counted around the step that finds out who calls. Whoever shows a good token is counted as that user or guest,
 * wherever they are; everybody else is counted by address. Tokens that are not good are counted by address too, apart and harder:
 * guessing ends before a token is looked at, and an office whose visitors ask a lot still lets its staff in.
 * Each step throws `rate_limited` for what is beyond.
 */
export function rateLimits(env: Pick<Env, "trustedProxies" | "rateLimitPerMinute" | "appSecret">, redis: Redis) {
  const limit = env.rateLimitPerMinute;
  const badTokens = Math.max(1, Math.ceil(limit * BAD_TOKEN_SHARE));
  const counters = openRateCounters({ redis, key: deriveKey(env.appSecret.secret, "rate-limits") });
  const addressOf = openAddressOf(env.trustedProxies);

  const countedAddress = (c: Context<AppEnv>) => (isExempt(c) ? undefined : addressIn(c));

  /** Before anything is looked at. */
  function limitAddress(c: Context<AppEnv>): void {
    const address = countedAddress(c);
    if (address === undefined) return;
    const guesses = guessesOf(c, address);
    if (guesses === undefined) admit(c, "address", limit, counters.take(`address:${address}`, limit));
    else {
      const standing = counters.look(guesses, badTokens);
      if (!standing.isWithin) admit(c, "bad-token", badTokens, standing);
    }
  }

  /** Right after it is known who calls. */
  function limitCaller(c: Context<AppEnv>): void {
    if (c.get("rate_limit") !== undefined || isExempt(c) || isWebhook(c)) return;
    const caller = callerIn(c);
    const address = caller ? undefined : addressIn(c);
    if (caller) admit(c, caller.policy, limit, counters.take(caller.name, limit));
    // With a token that nobody looked at: the route is open, or there is none.
    else if (address !== undefined) admit(c, "address", limit, counters.take(`address:${address}`, limit));
  }

  /** After a refusal of which nothing has been counted yet. */
  function countRefusal(c: Context<AppEnv>, error: unknown): void {
    const address = countedAddress(c);
    if (address === undefined || c.get("rate_limit") !== undefined) return;
    const guesses = guessesOf(c, address);
    const isGuess = isWebhook(c) ? isRefused(error) : isUnauthenticated(error);
    const caller = callerIn(c);
    if (caller) admit(c, caller.policy, limit, counters.take(caller.name, limit));
    else if (guesses !== undefined && isGuess) admit(c, "bad-token", badTokens, counters.take(guesses, badTokens));
  }

  function addressIn(c: Context<AppEnv>): string | undefined {
    return addressOf(connectionOf(c).incoming?.socket.remoteAddress, c.req.header("X-Forwarded-For"));
  }

  return { limitAddress, limitCaller, countRefusal, isSignedBody: isWebhook };
}

/** What a secret that is not good counts as; undefined if the request shows none. */
function guessesOf(c: Context<AppEnv>, address: string): string | undefined {
  if (isWebhook(c)) return `bad-webhook:${address}`;
  return c.req.header("Authorization") === undefined ? undefined : `bad-token:${address}`;
}

/** Whoever showed a good token. */
function callerIn(c: Context<AppEnv>): { policy: string; name: string } | undefined {
  const [user, guest] = [c.get("user"), c.get("guest")];
  if (user) return { policy: "user", name: `user:${user.id}` };
  return guest && { policy: "guest", name: `guest:${guest.link_id}` };
}

/**
 * A browser asks before the frontend's requests, without a token: an office would use up what its address may. The
 * answer costs next to nothing.
 */
function isExempt(c: Context<AppEnv>): boolean {
  return c.req.method === "OPTIONS" || isHealthPath(c.req.path);
}

/** Clerk sends as many as it has; those whose signature is not good are counted as guesses are. */
function isWebhook(c: Context<AppEnv>): boolean {
  return c.req.method === "POST" && c.req.path === "/api/webhooks/clerk";
}

function isRefused(error: unknown): boolean {
  return error instanceof AppError && statusOf(error.code) < 500;
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof AppError && error.code === "unauthenticated";
}

function admit(c: Context<AppEnv>, name: string, limit: number, standing: Standing): void {
  const { isWithin, remaining, resetSeconds, retrySeconds } = standing;
  const policy = `"${name}";q=${limit};w=60`;
  c.set("rate_limit", { policy, standing: `"${name}";r=${remaining};t=${resetSeconds}` });
  if (isWithin) return;
  throw new AppError("rate_limited", "Too many requests: wait for as long as Retry-After says", {
    headers: { "Retry-After": String(retrySeconds) },
  });
}
