import { createPublicKey, type webcrypto } from "node:crypto";
import type { Env } from "@whitelabel/shared-config";
import { AppError } from "../http/app-error.ts";

/** The public key for a token's `kid`; undefined if the product's Clerk instance has none of that name. */
export type SigningKeys = (kid: string) => Promise<webcrypto.JsonWebKey | undefined>;

type Jwk = webcrypto.JsonWebKey & { kid?: string };

const DEADLINE_MS = 2_000;
/** Clerk announces a new key before it signs with it. */
const MAX_AGE_MS = 5 * 60_000;
/** A `kid` is the caller's text: one that we do not know must not send us to Clerk each time. */
const MIN_AGE_MS = 10_000;

/** Without a configured key, Clerk's API is asked; it may be another server in tests. */
export function openSigningKeys({ jwtKey, secretKey }: Env["clerk"], apiUrl = "https://api.clerk.com"): SigningKeys {
  if (jwtKey) {
    const key = createPublicKey(jwtKey).export({ format: "jwk" });
    return async () => key;
  }

  let known = new Map<string, Jwk>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      const response = await fetch(new URL("/v1/jwks", apiUrl), {
        headers: { Authorization: `Bearer ${secretKey}` },
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      if (!response.ok) throw new Error(`Clerk answered ${response.status}`);
      const { keys } = (await response.json()) as { keys: Jwk[] };
      known = new Map(keys.filter(({ kty }) => kty === "RSA").map((key) => [key.kid ?? "", key]));
      readAt = performance.now();
    } catch (cause) {
      throw new AppError("unavailable", "Sign-in cannot be checked right now", { cause });
    } finally {
      reading = undefined;
    }
  }

  return async (kid) => {
    const age = performance.now() - readAt;
    if (age > MAX_AGE_MS || (!known.has(kid) && age > MIN_AGE_MS)) {
      reading ??= read();
      // Keys that we have go on serving while Clerk is away.
      await reading.catch((error) => (known.has(kid) ? undefined : Promise.reject(error)));
    }
    return known.get(kid);
  };
}
