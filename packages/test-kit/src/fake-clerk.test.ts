import { createPublicKey } from "node:crypto";
import { clerkInstanceOf, products } from "@whitelabel/shared-config";
import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { fakeClerk } from "./fake-clerk.ts";
import { forgedTokens } from "./forged-tokens.ts";

for (const product of products)
  describe(`${product.id}: the fake Clerk`, () => {
    const clerk = fakeClerk(product);
    const verify = (token: string) =>
      jwtVerify(token, createPublicKey(clerk.publicKey), {
        issuer: clerk.issuer,
        algorithms: ["RS256"],
        requiredClaims: ["exp", "sub"],
      });

    it("signs tokens that its public key verifies, for the instance in its publishable key", async () => {
      const { payload } = await verify(await clerk.sign({ sub: "user_1" }));
      expect(payload).toMatchObject({ sub: "user_1", azp: product.frontendUrl.development });
      expect(payload.iss).toBe(`https://${clerkInstanceOf(clerk.publishableKey)}`);
    });

    it("forges tokens that a careful verifier refuses, each for a reason of its own", async () => {
      const forged = await forgedTokens(product, { sub: "user_1" });
      // The party is the one thing that only the app can judge.
      for (const [name, token] of Object.entries(forged).filter(([name]) => !name.endsWith("party")))
        await expect(verify(token), name).rejects.toThrow();
      expect(new Set(Object.values(forged)).size).toBe(Object.keys(forged).length);
    });
  });
