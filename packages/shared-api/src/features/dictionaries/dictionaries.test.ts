import { products } from "@whitelabel/shared-config";
import { createAmenity, createPolicy, useApp } from "@whitelabel/test-kit";
import { beforeAll, describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";

type Page = { items: Record<string, string>[]; next_cursor: null };

for (const product of products) {
  describe(`${product.id}: the dictionaries`, () => {
    const kit = useApp(product);

    beforeAll(async () => {
      const { db } = kit.database;
      await createAmenity(db, { code: "gym", category: "building", position: 20, names: { en: "Gym" } });
      await createAmenity(db, { code: "lift", category: "building", position: 10, names: { en: "Lift", th: "ลิฟต์" } });
      await createAmenity(db, { code: "nameless", category: "building", position: 30, names: {} });
      await createPolicy(db, { code: "no_pets", category: "pets", names: { en: "No pets", th: "งดสัตว์เลี้ยง" } });
    });

    it("come in order and in the asked locale, else in the fallback, else by their code", async () => {
      const names = async (query: string, headers = {}) => {
        const response = await kit.request(`/api/v1/amenities${query}`, { headers });
        const { items, next_cursor } = await bodyOf<Page>(response);
        expect(next_cursor).toBeNull();
        return [response.headers.get("content-language"), ...items.map(({ name }) => name)];
      };
      expect(await names("")).toEqual(["en", "Lift", "Gym", "nameless"]);
      expect(await names("?locale=th")).toEqual(["th", "ลิฟต์", "Gym", "nameless"]);
      expect(await names("", { "accept-language": "th" })).toEqual(["th", "ลิฟต์", "Gym", "nameless"]);
      expect(await bodyOf(kit.request("/api/v1/policies?locale=th"))).toEqual({
        items: [{ code: "no_pets", category: "pets", name: "งดสัตว์เลี้ยง", description: "" }],
        next_cursor: null,
      });
    });

    it("may be kept by anybody for a while, in each language", async () => {
      for (const path of ["amenities", "policies"]) {
        const response = await kit.request(`/api/v1/${path}`);
        expect(response.headers.get("cache-control")).toBe("public, max-age=300");
        expect(response.headers.get("vary")).toContain("Accept-Language");
        for (const query of ["locale=xx", "code=gym", "locale=%27"]) {
          expect((await kit.request(`/api/v1/${path}?${query}`)).status).toBe(422);
        }
      }
    });
  });
}
