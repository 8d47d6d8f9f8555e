import { products } from "@whitelabel/shared-config";
import { useApp } from "@whitelabel/test-kit";
import postgres from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { listQuery } from "./list-query.ts";
import { isUsual, listStatement } from "./queries.ts";

const rows = 3_000;

for (const product of products) {
  describe(`${product.id}: a search among thousands of listings`, () => {
    const kit = useApp(product);
    const own = product.transactionTypes[0];

    beforeAll(async () => {
      // The pool's own deadline is for what the API does.
      const owner = postgres(kit.database.migrationUrl, { max: 1 });
      await owner.unsafe(`
        insert into properties (id, title, description, transaction_type, property_type, ${own}_price, currency,
          physical_specs, amenities, tags, is_published, is_featured, listing_priority, created_at)
        select ('0193f0c2-5b7e-7c31-a1f4-' || lpad(to_hex(i), 12, '0'))::uuid,
          (array['Villa', 'Condo', 'House', 'Loft'])[1 + i % 4] || ' number ' || substr(md5(i::text), 1, 8),
          'A quiet place near the river, ' || (array['bright', 'large', 'new', 'old'])[1 + i / 7 % 4] || ' and ' ||
            repeat('close to shops, schools and the station. ', 10) || substr(md5((i * 7)::text), 1, 8),
          '${own}', (array['villa', 'condo', 'house'])[1 + i % 3], 1000 + (i * 7919) % 100000, '${product.currency}',
          jsonb_build_object('bedrooms', i % 6), (array['["gym"]', '["gym", "lift"]', '[]'])[1 + i % 3]::jsonb,
          (array['["riverside"]', '["new", "quiet"]'])[1 + i % 2]::jsonb, i % 12 <> 5, i % 9 = 0, (i * 31) % 1000,
          timestamptz '2026-01-01' + i * interval '1 minute'
        from generate_series(1, ${rows}) i`);
      await owner.unsafe(`
        insert into property_translations (listing_id, locale, title, description)
        select id, 'th', 'บ้านริมคลอง', substr(md5(id::text), 1, 8) || ' สวนใหญ่ ใกล้สถานีรถไฟฟ้า ' || repeat('ห้องนอนกว้าง ', 20)
        from properties`);
      // As autovacuum does; a trigram index keeps what is new in a list until then.
      await owner`vacuum analyze properties, property_translations`;
      await owner.end();
    });

    /** The plan of a question, as the server prepares it for the values. */
    async function planOf(query: Record<string, string>, after?: readonly (string | number)[]) {
      const filters = listQuery(product).parse(query);
      const { text, params } = listStatement({ filters, locale: "en", after, staff: undefined });
      const lines = await kit.database.owner.query<{ "QUERY PLAN": string }>(
        `explain (analyze, buffers off) ${text}`,
        params,
      );
      return lines.map((line) => line["QUERY PLAN"]).join("\n");
    }

    it("finds text by the trigrams of both tables, in both languages", async () => {
      for (const q of ["unheard", "not there at all", "ทาวน์โฮมหลังเล็ก"]) {
        const plan = await planOf({ q });
        expect(plan).toContain("properties_text_idx");
        expect(plan).toContain("property_translations_text_idx");
        expect(plan).not.toMatch(/Seq Scan on propert/);
      }
    });

    it("reads no description for what has no trigram", async () => {
      for (const q of ["a", "%", "ab", "!!!", "a b c", "ที่"]) {
        expect(await planOf({ q })).not.toContain("description");
      }
    });

    it("pages along an index, whatever the order", async () => {
      const id = "0193f0c2-5b7e-7c31-a1f4-000000000100";
      const at = "2026-01-01T05:00:00Z";
      const index = {
        priority: ["properties_by_priority_idx", [500, at, id]],
        newest: ["properties_by_created_idx", [at, id]],
      } as const;
      for (const [sort, [name, after]] of Object.entries(index)) {
        for (const plan of [await planOf({ sort }), await planOf({ sort }, after)]) {
          expect(plan).toContain(name);
          expect(plan).not.toMatch(/Sort|Seq Scan on propert/);
        }
      }
      for (const sort of ["price_asc", "price_desc"]) {
        expect(await planOf({ sort, transaction_type: own ?? "" }, [5000, id])).toContain(
          `properties_by_${own}_price_idx`,
        );
      }
    });

    it("is one of a few hundred statements, or one that the server does not keep", () => {
      const schema = listQuery(product);
      const choices: Record<string, string>[][] = [
        [{}, { property_type: product.propertyTypes[0] ?? "" }],
        [{}, ...product.transactionTypes.map((transaction_type) => ({ transaction_type }))],
        [{}, { price_min: "1" }, { price_max: "2" }, { price_min: "1", price_max: "2" }],
        ...[{ bedrooms: "1" }, { amenities: "gym" }, { tags: "new" }, { featured: "true" }].map((one) => [{}, one]),
        [{}, { q: "a" }, { q: "abc" }],
        ["priority", "newest", "price_asc", "price_desc"].map((sort) => ({ sort })),
        [{}, { cursor: "x" }],
      ];
      const questions = choices.reduce<Record<string, string>[]>(
        (all, some) => all.flatMap((one) => some.map((other) => ({ ...one, ...other }))),
        [{}],
      );
      const kept = new Set<string>();
      for (const question of questions) {
        const filters = schema.parse(question);
        const after = filters.cursor === undefined ? undefined : [1, 2, 3];
        if (isUsual(filters)) kept.add(listStatement({ filters, locale: "en", after, staff: undefined }).text);
      }
      expect(questions.length).toBeGreaterThan(10_000);
      expect(kept.size).toBeLessThan(600);
    });

    it("answers the dearest questions in time", async () => {
      const filters = [
        "",
        "q=river",
        "q=e",
        "q=%25",
        "q=zzzz",
        `q=${encodeURIComponent("บ้าน")}`,
        "q=a+b+c+d",
        "q=--------",
      ];
      const narrow = [
        "",
        "price_min=1&price_max=999999&bedrooms=5&featured=true",
        "amenities=gym,lift&tags=new,quiet",
        "bedrooms=100",
      ];
      for (const filter of filters) {
        for (const more of narrow) {
          for (const sort of ["priority", "newest", "price_asc", "price_desc"]) {
            const query = `?sort=${sort}&limit=100&${filter}&${more}`.replace(/&+(?=&|$)/g, "");
            const response = await kit.request(`/api/v1/properties${query}`);
            expect([query, response.status]).toEqual([query, 200]);
          }
        }
      }
    });
  });
}
