import { createPrivateKey, randomUUID } from "node:crypto";
import { type Product, products } from "@whitelabel/shared-config";
import { type JWTHeaderParameters, SignJWT } from "jose";
import { inject } from "vitest";
import { instanceOf } from "./clerk-keys.ts";

/** Claims beside the usual ones; undefined leaves one out. */
export type Claims = Record<string, unknown>;

export type FakeClerk = ReturnType<typeof fakeClerk>;

/** A Clerk project for a product: its key pair is made once a run, and its tokens pass as the real one's would. */
export function fakeClerk(product: Product) {
  const keys = keysOf(product);
  const { issuer, publishableKey } = instanceOf(product);
  const origin = product.frontendUrl.development;
  const claimsOf = (claims: Claims): Claims => {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: issuer, azp: origin, sub: "user_test", sid: `sess_${randomUUID()}`, v: 2 };
    return { ...usual, iat: now - 1, nbf: now - 6, exp: now + 60, ...claims };
  };

  const clerk = {
    issuer,
    publishableKey,
    origin,
    kid: keys.kid,
    publicKey: keys.publicKey,
    privateKey: keys.privateKey,
    /** A session token. */
    sign(claims: Claims = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
      return new SignJWT(claimsOf(claims))
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: keys.kid, ...header })
        .sign(createPrivateKey(keys.privateKey), { crit: { "http://example.test/unknown": false } });
    },
    claimsOf,
  };
  return clerk;
}

function keysOf(product: Product) {
  const keys = inject("clerkKeys")[product.id];
  if (!keys) throw new Error(`No keys were made for ${product.id}; products: ${products.map(({ id }) => id)}`);
  return keys;
}
