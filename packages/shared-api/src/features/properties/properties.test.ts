import { products } from "@whitelabel/shared-config";
import { properties } from "@whitelabel/shared-db";
import { createListing, useApp } from "@whitelabel/test-kit";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";
import type { PublicProperty } from "./schemas.ts";

type Page = { items: PublicProperty[]; next_cursor: string | null };

for (const product of products) {
  describe(`${product.id}: listings`, () => {
    const kit = useApp(product);
    const list = (query = "") => bodyOf<Page>(kit.request(`/api/v1/properties${query}`));
    const titles = async (query = "") => (await list(query)).items.map(({ title }) => title);
    const create = (title: string, overrides: Parameters<typeof createListing>[1] = {}) =>
      createListing(kit.database.db, { title, ...overrides });

    beforeEach(async () => {
      await kit.database.db.delete(properties);
    });

    it("that are drafts or deleted are in no list", async () => {
      await create("published");
      await create("draft", { is_published: false });
      await create("deleted", { deleted_at: new Date().toISOString() });
      expect(await titles()).toEqual(["published"]);
    });

    it("show prices in minor units and never how to reach the owner", async () => {
      const { id } = await create("Villa", { contact_info: { email: "owner@example.test" }, rent_price: 4_500_001 });
      const [item] = (await list()).items;
      const one = await kit.request(`/api/v1/properties/${id}`);
      expect(one.status).toBe(200);
      const text = await one.text();
      expect(JSON.parse(text)).toEqual(item);
      expect(item).toMatchObject({ id, rent_price: 4_500_001, sale_price: null, currency: "THB", version: 1 });
      expect(item?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      for (const secret of ["contact_info", "owner@", "created_by", "deleted_at", "is_published"]) {
        expect(text).not.toContain(secret);
      }
    });

    it("come by priority, then the newest first", async () => {
      await create("first", { listing_priority: 5 });
      await create("second", { listing_priority: 5 });
      await create("third", { listing_priority: 9 });
      expect(await titles()).toEqual(["third", "second", "first"]);
      expect(await titles("?sort=newest")).toEqual(["third", "second", "first"]);
    });

    it("come by price, whatever the kind of it", async () => {
      await create("rent", { rent_price: 300 });
      await create("sale", { transaction_type: "sale", sale_price: 100, rent_price: null });
      await create("lease", { transaction_type: "lease", lease_price: 200, rent_price: 999 });
      expect(await titles("?sort=price_asc")).toEqual(["sale", "lease", "rent"]);
      expect(await titles("?sort=price_desc")).toEqual(["rent", "lease", "sale"]);
      expect(await titles("?price_min=200&price_max=200")).toEqual(["lease"]);
      expect(await titles("?transaction_type=rent&sort=price_asc&price_max=300")).toEqual(["rent"]);
    });

    it("are found by what they are and have", async () => {
      await create("condo", {
        property_type: "condo",
        physical_specs: { bedrooms: 2 },
        amenities: ["pool", "gym"],
        tags: ["riverside", "new"],
        is_featured: true,
      });
      await create("villa", { physical_specs: {}, amenities: ["pool"] });
      for (const query of ["property_type=condo", "bedrooms=2", "amenities=gym,pool", "tags=new", "featured=true"]) {
        expect([query, await titles(`?${query}`)]).toEqual([query, ["condo"]]);
      }
      expect(await titles("?amenities=pool")).toHaveLength(2);
      expect(await titles("?bedrooms=3")).toEqual([]);
      expect(await titles("?featured=false")).toEqual(["villa"]);
      expect(await titles("?amenities=pool,sauna")).toEqual([]);
    });

    it("are found by text in any language, taken literally", async () => {
      await create("House by the canal", { translations: { th: { title: "บ้านริมคลอง", description: "สวนใหญ่" } } });
      await create("100% new_build \\ loft");
      const find = (q: string) => titles(`?q=${encodeURIComponent(q)}`);
      expect(await find("CANAL")).toEqual(["House by the canal"]);
      expect(await find("ริมคลอง")).toEqual(["House by the canal"]);
      expect(await find("สวน")).toEqual(["House by the canal"]);
      expect(await find("%")).toEqual(["100% new_build \\ loft"]);
      expect(await find("w_b")).toEqual(["100% new_build \\ loft"]);
      expect(await find("\\")).toEqual(["100% new_build \\ loft"]);
      expect(await find("e_b")).toEqual([]);
      expect(await find("' or true --")).toEqual([]);
    });

    it("come in the asked language, else in the browser's, else in the fallback", async () => {
      const { id } = await create("House", { translations: { th: "บ้าน" } });
      await create("Only English");
      const ask = async (query: string, language?: string) => {
        const headers = language === undefined ? {} : { "accept-language": language };
        const response = await kit.request(`/api/v1/properties/${id}${query}`, { headers });
        expect(response.headers.get("vary")).toContain("Accept-Language");
        return [response.headers.get("content-language"), (await bodyOf<PublicProperty>(response)).title];
      };
      expect(await ask("")).toEqual(["en", "House"]);
      expect(await ask("?locale=th")).toEqual(["th", "บ้าน"]);
      expect(await ask("", "th-TH,th;q=0.9,en;q=0.8")).toEqual(["th", "บ้าน"]);
      expect(await ask("", "de, en;q=0.5, th;q=0.7")).toEqual(["th", "บ้าน"]);
      expect(await ask("", "th;q=0, fr")).toEqual(["en", "House"]);
      expect(await ask("?locale=en", "th")).toEqual(["en", "House"]);
      expect((await titles("?locale=th")).toSorted()).toEqual(["Only English", "บ้าน"]);
    });

    it("are said to be gone when deleted, and unknown when drafts or never there", async () => {
      const ask = async (id: string) => {
        const response = await kit.request(`/api/v1/properties/${id}`);
        return [response.status, (await bodyOf(response)).code];
      };
      const deleted = await create("deleted", { deleted_at: new Date().toISOString() });
      const draft = await create("draft", { is_published: false });
      expect(await ask(deleted.id)).toEqual([410, "gone"]);
      expect(await ask(draft.id)).toEqual([404, "not_found"]);
      expect(await ask("0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10")).toEqual([404, "not_found"]);
      for (const id of ["1", "null", "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e1z", "%27%20or%20true", "%00", "%", "%zz"]) {
        expect([id, ...(await ask(id))]).toEqual([id, 422, "invalid"]);
      }
    });

    describe("in pages", () => {
      beforeAll(async () => {
        await kit.database.db.delete(properties);
      });

      it.each(["priority", "newest", "price_asc", "price_desc"])("by %s neither lose nor repeat one", async (sort) => {
        for (let i = 0; i < 25; i += 1) {
          await create(`listing ${i}`, { listing_priority: i % 3, rent_price: 100 + (i % 4) });
        }
        const whole = (await list(`?sort=${sort}&limit=100`)).items.map(({ id }) => id);
        const paged: string[] = [];
        let cursor: string | null = "";
        do {
          const page: Page = await list(`?sort=${sort}&limit=4${cursor && `&cursor=${cursor}`}`);
          expect(page.items.length).toBeLessThanOrEqual(4);
          paged.push(...page.items.map(({ id }) => id));
          cursor = page.next_cursor;
        } while (cursor);
        expect(paged).toEqual(whole);
        expect(new Set(paged).size).toBe(25);
      });

      it("go on where they were when listings come in between", async () => {
        for (let i = 0; i < 6; i += 1) await create(`old ${i}`);
        const first = await list("?limit=3");
        await create("new", { listing_priority: 999 });
        const second = await list(`?limit=3&cursor=${first.next_cursor}`);
        expect([...first.items, ...second.items].map(({ title }) => title)).toEqual(
          [5, 4, 3, 2, 1, 0].map((i) => `old ${i}`),
        );
        expect(second.next_cursor).toBeNull();
      });

      it("go on where they were when listings are deleted, withdrawn and changed in between", async () => {
        const made: { id: string }[] = [];
        for (let i = 0; i < 9; i += 1) made.push(await create(`listing ${i}`, { listing_priority: 5 }));
        const first = await list("?limit=3"); // 8, 7, 6
        const change = (i: number, values: object) =>
          kit.database.db
            .update(properties)
            .set(values)
            .where(eq(properties.id, made[i]?.id ?? ""));
        await change(6, { deleted_at: new Date().toISOString() }); // where the page ended
        await change(4, { is_published: false });
        await change(3, { title: "renamed" });
        const second = await list(`?limit=3&cursor=${first.next_cursor}`);
        expect(second.items.map(({ title }) => title)).toEqual(["listing 5", "renamed", "listing 2"]);
        const third = await list(`?limit=3&cursor=${second.next_cursor}`);
        expect(third.items.map(({ title }) => title)).toEqual(["listing 1", "listing 0"]);
      });

      it("cannot be chosen by a forged cursor", async () => {
        for (let i = 0; i < 3; i += 1) await create(`listing ${i}`);
        const { next_cursor } = await list("?limit=1");
        const cursor = next_cursor ?? "";
        const flipped = (at: number) =>
          `${cursor.slice(0, at)}${cursor[at] === "A" ? "B" : "A"}${cursor.slice(at + 1)}`;
        const forged = [...cursor].map((_, at) => flipped(at));
        const junk = ["x", "W10", Buffer.from('[1,"x","y"]').toString("base64url"), `${cursor}=`, `${cursor}A`, "%00"];
        for (const text of [...forged, ...junk]) {
          const response = await kit.request(`/api/v1/properties?limit=1&cursor=${text}`);
          expect([text, response.status]).toEqual([text, 422]);
        }
        const other = await kit.request(`/api/v1/properties?limit=1&sort=newest&cursor=${cursor}`);
        expect(other.status).toBe(422);
      });
    });

    it("are not looked for with a question that makes no sense", async () => {
      const wrong = [
        "limit=0",
        "limit=101",
        "limit=ten",
        "limit=",
        "limit=1&limit=2",
        "limit=99999999999999999999",
        "price_min=-1",
        "price_min=1.5",
        "price_max=9007199254740992",
        "bedrooms=NaN",
        "property_type=castle",
        "transaction_type=gift",
        "featured=yes",
        "sort=title",
        "locale=xx",
        "q=",
        "q=%20%20",
        "q=%00",
        `q=${"x".repeat(101)}`,
        "amenities=%00",
        "colour=red",
        "__proto__=x",
        "is_published=false",
      ];
      for (const query of wrong) {
        const response = await kit.request(`/api/v1/properties?${query}`);
        const { code, errors } = await bodyOf(response);
        expect([query, response.status, code]).toEqual([query, 422, "invalid"]);
        expect(errors?.[0]?.path).toMatch(/^query\./);
      }
      expect((await kit.request("/api/v1/properties?q=%ff%zz%25")).status).toBe(200);
    });

    it("are found by values alone: what looks like SQL is none", async () => {
      const names = ["property_type", "transaction_type", "price_min", "price_max", "bedrooms", "amenities", "tags"];
      const attacks = [
        "' or '1'='1",
        "1; drop table properties",
        "$1",
        "\\'",
        '"',
        "%00",
        "1e400",
        "[]",
        "{}",
        "\u{1f30a}",
      ];
      for (const name of [...names, "featured", "q", "status", "sort", "locale", "limit", "cursor"]) {
        for (const attack of attacks) {
          const response = await kit.request(`/api/v1/properties?${new URLSearchParams({ [name]: attack })}`);
          expect([name, attack, [200, 422].includes(response.status)]).toEqual([name, attack, true]);
        }
      }
      expect((await titles("?tags=%27%3B--,%22")).length).toBe(0);
    });

    it("are found by a tag however it is written", async () => {
      await create("condo", { tags: ["river side"] });
      expect(await titles("?tags=%20River%20%20SIDE,")).toEqual(["condo"]);
      expect((await kit.request("/api/v1/properties?tags=%2C%20")).status).toBe(422);
    });

    it("change under a running cache: a deletion shows at once", async () => {
      const { id } = await create("sold soon");
      expect((await kit.request(`/api/v1/properties/${id}`)).status).toBe(200);
      await kit.database.db
        .update(properties)
        .set({ deleted_at: new Date().toISOString() })
        .where(eq(properties.id, id));
      expect((await kit.request(`/api/v1/properties/${id}`)).status).toBe(410);
    });
  });
}
