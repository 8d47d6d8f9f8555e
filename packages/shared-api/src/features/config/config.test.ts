import { products } from "@whitelabel/shared-config";
import { useApp } from "@whitelabel/test-kit";
import { describe, expect, it } from "vitest";

for (const product of products) {
  describe(`${product.id}: config`, () => {
    const kit = useApp(product);
    const rebranded = useApp(product, { core: null, env: { APP_NAME: "Another Name" } });
    const switchedOff = useApp(product, { env: { FRONT_DESK_ENABLED: "false" } });
    const config = async (app: typeof kit) => (await app.request("/api/v1/config")).json();

    it("tells a frontend what it has to know, and no secret", async () => {
      expect(await config(kit)).toEqual({
        product: product.id,
        name: product.name,
        theme: product.theme,
        locales: ["en", "th"],
        features: ["front_desk", "parking"],
        clerk_publishable_key: kit.clerk.publishableKey,
      });
    });

    it("follows a new name, and has no front desk without core or with the switch off", async () => {
      expect(await config(rebranded)).toMatchObject({ name: "Another Name", features: [] });
      expect(await config(switchedOff)).toMatchObject({ features: [] });
    });
  });
}
