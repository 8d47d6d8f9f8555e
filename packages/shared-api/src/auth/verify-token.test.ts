import { createPublicKey } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { products } from "@whitelabel/shared-config";
import { fakeClerk } from "@whitelabel/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openVerifier } from "./verify-token.ts";

for (const product of products) {
  const { issuer, publishableKey, origin, publicKey, sign } = fakeClerk(product);

  describe(`${product.id}: a token that was good`, () => {
    afterEach(() => vi.restoreAllMocks());

    it("is looked at again after ten minutes, for its key may be gone", async () => {
      const key = createPublicKey(publicKey).export({ format: "jwk" });
      let isThere = true;
      const clerk = { issuer, publishableKey, webhookSecrets: [] };
      const verify = openVerifier({ clerk, frontendUrl: origin }, async () => (isThere ? key : undefined));
      const token = await sign({ sub: "user_1", exp: Math.floor(Date.now() / 1000) + 86_400 });
      expect(await verify(token)).toBe("user_1");

      isThere = false;
      expect(await verify(token)).toBe("user_1");
      await sleep(20); // the cache looks at its clock once in a while
      const later = performance.now() + 10 * 60_000;
      vi.spyOn(performance, "now").mockImplementation(() => later);
      await expect(verify(token)).rejects.toMatchObject({ code: "unauthenticated" });
    });
  });
}
