import type { webcrypto } from "node:crypto";
import type { Env } from "@whitelabel/shared-config";
import { boundedCache } from "../bounded-cache.ts";
import { AppError } from "../http/app-error.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** The Clerk user id in a session token of this product; anything else is refused as `unauthenticated`. */
export type VerifyToken = (token: string) => Promise<string>;

type Claims = Readonly<Record<"iss" | "sub" | "exp" | "sts", unknown>>;

/** Clerk's are about 1 KB; a header of ours holds 16 KB. */
const MAX_LENGTH = 4_096;
const LEEWAY_MS = 5_000;
/** Clerk's tokens live a minute; one that lives longer is looked at again, as its key may be gone. */
const MAX_AGE_MS = 10 * 60_000;
/** Clerk marks the tokens it signs by kind; machines' tokens are signed by the same key as people's sessions. */
const SESSION_CATEGORY = "cl_B7d4PD111AAA";
/** Clerk's ids are `user_` and letters; more is let in, but nothing that a database would refuse or change. */
export const clerkUserId = /^[\x21-\x7e]{1,255}$/;
/** Headers by which a token would tell us how to check it. */
const dangerous = ["crit", "jku", "jwk", "x5u", "x5c", "b64"];

/** Clerk's own check, loaded when it is first needed: with it comes Node's `fetch`, a sixth of a start. */
export const loadClerk = () => import("@clerk/backend/jwt");

export function openVerifier(
  { clerk, frontendUrl }: Pick<Env, "clerk" | "frontendUrl">,
  keyOf: SigningKeys,
): VerifyToken {
  // A check costs 130 µs, a look-up 0.1; a token stays what it is until it expires.
  const verified = boundedCache<string>({ most: 10_000 });

  return async (token) => {
    const known = verified.get(token);
    if (known !== undefined) return known;

    const { sub, exp } = await verify(token);
    const ttl = Math.min(Math.floor(exp * 1000 + LEEWAY_MS - Date.now()), MAX_AGE_MS);
    if (ttl > 0) verified.set(token, sub, { ttl });
    return sub;
  };

  async function verify(token: string): Promise<{ sub: string; exp: number }> {
    const kid = kidOf(token);
    const key = await keyOf(kid);
    if (!key) throw refused();

    const claims = await check(token, key);
    if (claims.iss !== clerk.issuer) throw refused();
    const { sub, exp } = claims;
    if (typeof sub !== "string" || !clerkUserId.test(sub) || typeof exp !== "number") throw refused();
    // A session with tasks still open (a second factor, a choice of organisation) is not signed in yet.
    if (claims.sts === "pending") throw refused();
    return { sub, exp };
  }

  async function check(token: string, key: webcrypto.JsonWebKey): Promise<Claims> {
    const { verifyJwt } = await loadClerk();
    try {
      return (await verifyJwt(token, {
        key,
        authorizedParties: [frontendUrl],
        clockSkewInMs: LEEWAY_MS,
      })) as unknown as Claims;
    } catch {
      throw refused(); // why is nobody's business but the caller's, who knows
    }
  }
}

/** The name of the key in a token's header, if the header asks for nothing that we do not do. */
function kidOf(token: string): string {
  if (token.length > MAX_LENGTH || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw refused();
  const header = parseHeader(token);
  const isPlain = header.alg === "RS256" && !dangerous.some((name) => name in header);
  const isSession = header.cat === undefined || header.cat === SESSION_CATEGORY;
  if (!isPlain || !isSession) throw refused();
  return typeof header.kid === "string" ? header.kid : "";
}

function parseHeader(token: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.slice(0, token.indexOf(".")), "base64url").toString());
    if (typeof header === "object" && header !== null) return header as Record<string, unknown>;
  } catch {
    // not JSON: refused below
  }
  throw refused();
}

/** Says that a token was shown and was not good, and nothing of why. */
export function refused(): AppError {
  return new AppError("unauthenticated", "The token is not valid", {
    headers: { "WWW-Authenticate": 'Bearer error="invalid_token"' },
  });
}
