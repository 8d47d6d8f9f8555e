import { type Product, products } from "@whitelabel/shared-config";
import { auditLogs, properties } from "@whitelabel/shared-db";
import { createAgent, createAmenity, createListing, createPolicy, useApp } from "@whitelabel/test-kit";
import { asc, eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";
import type { PublicProperty, StaffProperty } from "./schemas.ts";

type Page = { items: PublicProperty[]; next_cursor: string | null };
type Sent = { as?: "user" | "agent" | "admin"; match?: number | string; key?: string };

const somewhere = "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10";

for (const product of products) {
  describe(`${product.id}: a listing that staff work on`, () => {
    const kit = useApp(product);
    const [ours = ""] = product.development.corePropertyIds;
    const [, second = ""] = product.development.corePropertyIds;

    beforeAll(async () => {
      for (const code of ["gym", "lift"]) await createAmenity(kit.database.db, { code });
      await createPolicy(kit.database.db, { code: "no_smoking" });
    });
    beforeEach(async () => {
      await kit.database.db.delete(properties);
      await kit.database.db.execute(sql`delete from audit_logs`);
    });

    async function send(method: string, path: string, json?: unknown, { as = "agent", match, key }: Sent = {}) {
      const headers = new Headers();
      if (match !== undefined) headers.set("If-Match", typeof match === "number" ? `"${match}"` : match);
      if (key !== undefined) headers.set("Idempotency-Key", key);
      return await kit.request(`/api/v1/properties${path}`, {
        method,
        as,
        headers,
        ...(json !== undefined && { json }),
      });
    }
    const create = (overrides: object = {}, sent?: Sent) => send("POST", "", draft(product, overrides), sent);
    const created = async (overrides: object = {}, sent?: Sent) => {
      const response = await create(overrides, sent);
      expect(response.status).toBe(201);
      return await bodyOf<StaffProperty>(response);
    };
    /** The status and the code of a refusal. */
    const refusal = async (response: Promise<Response>) => {
      const { status, code, errors } = await bodyOf(response);
      return [status, code, errors?.map(({ path }) => path)];
    };
    const publicOne = (id: string) => kit.request(`/api/v1/properties/${id}`);
    const audited = async () => {
      const isChange = eq(auditLogs.entity, "properties");
      const rows = await kit.database.db.select().from(auditLogs).where(isChange).orderBy(asc(auditLogs.id));
      return rows.map(({ action, entity_id }) => [action, entity_id]);
    };

    it("goes from a draft to everybody's eyes, into another language, and away", async () => {
      const response = await create({ contact_info: { email: "office@example.test" } });
      const listing = await bodyOf<StaffProperty>(response);
      const { id } = listing;
      expect(response.status).toBe(201);
      expect(response.headers.get("location")).toBe(`/api/v1/properties/${id}`);
      expect(response.headers.get("etag")).toBe('"1"');
      expect(response.headers.get("cache-control")).toBe("no-store");
      const agent = await kit.userOf("agent");
      expect(listing).toMatchObject({ is_published: false, version: 1, created_by: agent.id, updated_by: agent.id });
      expect(listing).toMatchObject({ contact_info: { email: "office@example.test" }, currency: product.currency });
      expect((await publicOne(id)).status).toBe(404);

      const published = await bodyOf<StaffProperty>(send("PUT", `/${id}/publication`));
      expect(published).toMatchObject({ is_published: true, version: 2 });
      const seen = await publicOne(id);
      expect([seen.status, seen.headers.get("etag")]).toEqual([200, '"2"']);
      expect(await seen.text()).not.toContain("office@");

      const texts = { title: "บ้านริมน้ำ", description: "สวย" };
      const translated = await bodyOf<StaffProperty>(send("PUT", `/${id}/translations/th`, texts));
      expect(translated.version).toBe(3);
      expect(translated.translations).toEqual({ en: { title: "House", description: "" }, th: texts });
      expect(await bodyOf(kit.request(`/api/v1/properties/${id}?locale=th`))).toMatchObject(texts);

      expect((await bodyOf<StaffProperty>(send("DELETE", `/${id}/publication`))).is_published).toBe(false);
      expect((await publicOne(id)).status).toBe(404);
      expect((await send("DELETE", `/${id}`)).status).toBe(204);
      expect((await publicOne(id)).status).toBe(410);
      expect((await send("DELETE", `/${id}`)).status).toBe(204);
      for (const [method, path, json] of [
        ["PATCH", "", { title: "Late" }],
        ["PUT", "/publication"],
        ["DELETE", "/publication"],
        ["PUT", "/translations/th", texts],
        ["PUT", "/translations/en", texts],
        ["DELETE", "/translations/th"],
        ["GET", ""],
      ] as const) {
        expect([method, path, (await send(method, `/${id}${path}`, json)).status]).toEqual([method, path, 410]);
      }
      expect(await audited()).toEqual(
        ["created", "published", "translated", "unpublished", "deleted"].map((what) => [`listing.${what}`, id]),
      );
    });

    it("is shown whole to staff, and to nobody else", async () => {
      const { id } = await created({ contact_info: { office: "Riverside office" } });
      await send("PUT", `/${id}/publication`);
      const ask = async (as?: "user" | "agent" | "admin") => {
        const response = await kit.request(`/api/v1/properties/${id}`, as && { as });
        expect(response.headers.get("vary")).toContain("Authorization");
        return [response.headers.get("cache-control"), (await response.text()).includes("Riverside")];
      };
      expect(await ask()).toEqual(["public, max-age=15", false]);
      expect(await ask("user")).toEqual(["no-store", false]);
      expect(await ask("agent")).toEqual(["no-store", true]);
      expect(await ask("admin")).toEqual(["no-store", true]);
      for (const as of ["user", "agent", "admin"] as const) {
        const response = await kit.request("/api/v1/properties", { as });
        expect(response.headers.get("cache-control")).toBe("no-store");
        const text = await response.text();
        expect(text).not.toContain("Riverside");
        expect(text.includes("is_published")).toBe(as !== "user");
      }
    });

    it("can be listed as a draft by staff alone", async () => {
      await created({ title: "draft" });
      const { id } = await created({ title: "shown" });
      const [gone, goneDraft] = [await created({ title: "gone" }), await created({ title: "a draft that is gone" })];
      for (const one of [id, gone.id]) await send("PUT", `/${one}/publication`);
      for (const one of [gone.id, goneDraft.id]) await send("DELETE", `/${one}`);
      const titles = async (status: string, as: "agent" | "admin" = "agent") =>
        (await bodyOf<Page>(send("GET", `?status=${status}&sort=newest`, undefined, { as }))).items.map((item) => [
          item.title,
          item.is_published,
        ]);
      expect(await titles("draft")).toEqual([["draft", false]]);
      expect(await titles("all", "admin")).toEqual([
        ["shown", true],
        ["draft", false],
      ]);
      expect(await titles("published")).toEqual([["shown", true]]);
      for (const status of ["draft", "all"]) {
        expect((await kit.request(`/api/v1/properties?status=${status}`)).status).toBe(403);
        expect((await send("GET", `?status=${status}`, undefined, { as: "user" })).status).toBe(403);
      }
      expect((await kit.request("/api/v1/properties?status=published")).status).toBe(200);
      expect((await send("GET", "?status=deleted")).status).toBe(422);
    });

    it("is changed in what is sent: absent stays, null clears, objects are merged, lists replaced", async () => {
      const { id } = await created({
        description: "Long",
        physical_specs: { bedrooms: 2, floor: 3 },
        amenities: ["gym"],
        tags: ["a", "b"],
        cover_image: "https://example.test/1.jpg",
      });
      const patch = {
        title: " New title ",
        physical_specs: { bedrooms: 4, floor: null, furnishing: "furnished" },
        location_details: { city: "Phuket" },
        tags: ["C  d", "c d", "Ｅ"],
        amenities: null,
        cover_image: null,
      };
      const response = await send("PATCH", `/${id}`, patch, { as: "admin" });
      expect([response.status, response.headers.get("etag")]).toEqual([200, '"2"']);
      const changed = await bodyOf<StaffProperty>(response);
      expect(changed).toMatchObject({
        title: "New title",
        description: "Long",
        physical_specs: { bedrooms: 4, furnishing: "furnished" },
        location_details: { city: "Phuket" },
        tags: ["c d", "e"],
        amenities: [],
        cover_image: null,
        version: 2,
        created_by: (await kit.userOf("agent")).id,
        updated_by: (await kit.userOf("admin")).id,
      });
      expect(changed.physical_specs).not.toHaveProperty("floor");
      const cleared = { physical_specs: null, description: null, contact_info: null, location_details: null };
      expect(await bodyOf<StaffProperty>(send("PATCH", `/${id}`, cleared))).toMatchObject({
        physical_specs: {},
        description: "",
        contact_info: {},
        location_details: {},
      });
      const [, row] = await kit.database.db.select().from(auditLogs).orderBy(asc(auditLogs.id));
      expect(row?.changed_fields.toSorted()).toEqual(Object.keys(patch).toSorted());
      expect(JSON.stringify(row)).not.toContain("Phuket");
    });

    it("keeps a price of its own transaction, whatever is changed", async () => {
      const { id } = await created();
      const own = `${product.transactionTypes[0]}_price`;
      const other = product.transactionTypes[1] ?? "";
      expect(await refusal(send("PATCH", `/${id}`, { [own]: null }))).toEqual([422, "invalid", ["json"]]);
      expect(await refusal(send("PATCH", `/${id}`, { transaction_type: other }))).toEqual([422, "invalid", ["json"]]);
      expect(
        (await send("PATCH", `/${id}`, { transaction_type: other, [`${other}_price`]: 5, [own]: null })).status,
      ).toBe(200);
      expect(await refusal(create({ [own]: null }))).toEqual([422, "invalid", [`json.${own}`]]);
    });

    it("is changed in the version that was read, or not at all", async () => {
      const { id } = await created();
      const all = await Promise.all(
        ["A", "B", "C", "D"].map((title) => send("PATCH", `/${id}`, { title }, { match: 1 })),
      );
      expect(all.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412]);
      for (const match of [1, 'W/"2"', "2", '"x"', '"99999999999999999999"']) {
        for (const [method, path, json] of [
          ["PATCH", "", { title: "Late" }],
          ["PUT", "/publication"],
          ["DELETE", "/publication"],
          ["PUT", "/translations/th", { title: "สาย" }],
          ["DELETE", "/translations/th"],
          ["DELETE", ""],
        ] as const) {
          const response = await send(method, `/${id}${path}`, json, { match });
          expect([match, method, path, response.status]).toEqual([match, method, path, 412]);
        }
      }
      expect((await send("PUT", `/${id}/publication`, undefined, { match: 2 })).status).toBe(200);
      expect((await send("DELETE", `/${id}`, undefined, { match: "*" })).status).toBe(204);
      expect((await audited()).map(([action]) => action)).toEqual([
        "listing.created",
        "listing.updated",
        "listing.published",
        "listing.deleted",
      ]);
    });

    it("is published and translated once, however often it is asked for", async () => {
      const { id } = await created();
      const texts = { title: "บ้าน", description: "" };
      const all = await Promise.all(Array.from({ length: 10 }, () => send("PUT", `/${id}/publication`)));
      for (let i = 0; i < 3; i += 1) all.push(await send("PUT", `/${id}/translations/th`, texts));
      expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
      expect(await bodyOf(send("GET", `/${id}`))).toMatchObject({ version: 3, is_published: true });
      expect((await audited()).map(([action]) => action).toSorted()).toEqual([
        "listing.created",
        "listing.published",
        "listing.translated",
      ]);
    });

    it("has its own texts in the fallback, and others that can be taken away", async () => {
      const { id } = await created();
      const own = { title: "Changed", description: "Own" };
      expect(await bodyOf(send("PUT", `/${id}/translations/en`, own))).toMatchObject({ ...own, version: 2 });
      await send("PUT", `/${id}/translations/th`, { title: "บ้าน" });
      const without = await bodyOf<StaffProperty>(send("DELETE", `/${id}/translations/th`));
      expect(without).toMatchObject({ version: 4, translations: { en: own } });
      expect(without.translations).not.toHaveProperty("th");
      expect(await bodyOf(send("DELETE", `/${id}/translations/th`))).toMatchObject({ version: 4 });
      expect((await send("DELETE", `/${id}/translations/en`)).status).toBe(422);
      for (const locale of ["de", "TH", "th-TH", "%27"]) {
        expect((await send("PUT", `/${id}/translations/${locale}`, { title: "x" })).status).toBe(422);
      }
    });

    it("of a branch is an agent's only if the branch is", async () => {
      const make = (property_id: string, is_published: boolean) =>
        createListing(kit.database.db, {
          title: property_id,
          property_id,
          is_published,
          contact_info: { office: "O" },
        });
      const theirs = await make(second, true);
      const draftOfTheirs = await make(second, false);
      const mine = await make(ours, false);
      const agent = await createAgent(kit.database.db, []);
      for (const { id } of [theirs, draftOfTheirs]) {
        for (const [method, path, json] of [
          ["PATCH", "", { title: "Mine" }],
          ["PUT", "/publication"],
          ["DELETE", "/publication"],
          ["PUT", "/translations/th", { title: "x" }],
          ["PUT", "/translations/en", { title: "x" }],
          ["DELETE", "/translations/th"],
          ["DELETE", ""],
        ] as const) {
          expect([method, path, ...(await refusal(send(method, `/${id}${path}`, json)))]).toEqual([
            method,
            path,
            404,
            "not_found",
            undefined,
          ]);
        }
      }
      expect((await send("GET", `/${draftOfTheirs.id}`)).status).toBe(404);
      expect(await bodyOf(send("GET", `/${theirs.id}`))).not.toHaveProperty("contact_info");
      expect((await send("PATCH", `/${mine.id}`, { title: "Mine" })).status).toBe(200);
      expect((await send("PATCH", `/${theirs.id}`, { title: "Ours" }, { as: "admin" })).status).toBe(200);

      const drafts = (await bodyOf<Page>(send("GET", "?status=draft"))).items.map(({ title }) => title);
      expect(drafts).toEqual(["Mine"]);
      const all = (await bodyOf<Page>(send("GET", "?status=all"))).items.map(({ title }) => title);
      expect(all.toSorted()).toEqual(["Mine", "Ours"]);
      const nobody = await kit.request("/api/v1/properties?status=draft", { as: agent });
      expect((await bodyOf<Page>(nobody)).items).toEqual([]);
      expect((await audited()).map(([action]) => action)).toEqual(["listing.updated", "listing.updated"]);
      const denials = await kit.database.db.select().from(auditLogs).where(eq(auditLogs.action, "access.denied"));
      expect(denials).toHaveLength(14);
    });

    it("is linked to a branch by those who work there", async () => {
      const foreign = ["BKK-01", "LIS-01", "NYC-01"].find((id) => !product.development.corePropertyIds.includes(id));
      const path = ["json.property_id"];
      for (const property_id of [second, foreign, "none", "' or true --"]) {
        expect(await refusal(create({ property_id }))).toEqual([422, "invalid", path]);
      }
      expect((await created({ property_id: ours })).property_id).toBe(ours);
      expect((await created({ property_id: second }, { as: "admin" })).property_id).toBe(second);
      expect(await refusal(create({ property_id: foreign }, { as: "admin" }))).toEqual([422, "invalid", path]);
      const { id } = await created();
      expect(await refusal(send("PATCH", `/${id}`, { property_id: second }))).toEqual([422, "invalid", path]);
      expect(await bodyOf(send("PATCH", `/${id}`, { property_id: ours }))).toMatchObject({ property_id: ours });
      expect(await bodyOf(send("PATCH", `/${id}`, { property_id: null }))).toMatchObject({ property_id: null });
    });

    it("is made once for a key: by the caller, with this body", async () => {
      const key = "a-key-of-a-test";
      const all = await Promise.all(Array.from({ length: 200 }, () => create({}, { key })));
      const made = all.filter(({ status }) => status === 201);
      expect(all.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
      expect(new Set(await Promise.all(made.map(async (one) => (await bodyOf<StaffProperty>(one)).id))).size).toBe(1);
      const replay = await create({}, { key });
      expect([replay.status, replay.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
      expect(replay.headers.get("etag")).toBe('"1"');
      expect((await create({ title: "Other" }, { key })).status).toBe(422);
      expect((await create({}, { key: "with space" })).status).toBe(422);
      const { id } = await created({}, { key, as: "admin" });
      expect(await kit.database.db.$count(properties)).toBe(2);
      expect(await audited()).toHaveLength(2);

      await send("DELETE", `/${id}`);
      expect((await create({}, { key, as: "admin" })).status).toBe(410);
    });

    it("is made anew for a key that is a day old, whatever it was for, and once again", async () => {
      const key = "a-key-of-yesterday";
      const { id } = await created({}, { key });
      await kit.database.db.execute(sql`update idempotency_keys set created_at = now() - interval '24 hours 1 second'`);
      const other = { title: "Another day's" };
      const anew = await created(other, { key });
      expect(anew.id).not.toBe(id);
      expect((await created(other, { key })).id).toBe(anew.id);
    });

    it("names what the dictionaries have, each once", async () => {
      const { amenities } = await created({ amenities: ["gym", "lift", "gym"], policies: ["no_smoking"] });
      expect(amenities).toEqual(["gym", "lift"]);
      const wrong = { amenities: ["gym", "sauna"], policies: ["gym"] };
      const paths = ["json.amenities.1", "json.policies.0"];
      const response = await create(wrong);
      const text = await response.clone().text();
      expect(text).not.toContain("sauna");
      expect(await refusal(Promise.resolve(response))).toEqual([422, "invalid", paths]);
      const { id } = await created();
      expect(await refusal(send("PATCH", `/${id}`, wrong))).toEqual([422, "invalid", paths]);
    });

    it("takes nothing that is not a listing's, and no value out of its range", async () => {
      const { id } = await created();
      for (const [path, value] of wrongFields(product)) {
        const [field = ""] = path.split(".");
        for (const response of [create({ [field]: value }), send("PATCH", `/${id}`, { [field]: value })]) {
          const [status, code, paths] = await refusal(response);
          expect([path, status, code]).toEqual([path, 422, "invalid"]);
          expect((paths as string[])[0]).toBe(`json.${path}`);
        }
      }
      expect((await send("PATCH", `/${id}`, {})).status).toBe(422);
      expect((await send("PATCH", `/${id}`, [])).status).toBe(422);
      expect((await send("PATCH", `/${id}`, { title: null })).status).toBe(422);
      expect((await send("PATCH", `/${id}`)).status).toBe(422);
      expect((await send("POST", "")).status).toBe(422);
      expect(await kit.database.db.$count(properties)).toBe(1);
    });

    it("is text, whatever is written in it", async () => {
      const texts = ["'; drop table properties; --", "$1", "\\", "%s{{7*7}}", "<script>", "ὕδωρ 水 🌊", "title ? 'x'"];
      for (const text of texts) {
        const { id, title } = await created({ title: text, description: text, location_details: { city: text } });
        expect(title).toBe(text);
        const patch = { title: text, tags: [text.replaceAll(",", "")], contact_info: { office: text } };
        expect(await bodyOf(send("PATCH", `/${id}`, patch))).toMatchObject({
          title: text,
          contact_info: { office: text },
        });
        const translation = { title: text, description: text };
        const { translations } = await bodyOf<StaffProperty>(send("PUT", `/${id}/translations/th`, translation));
        expect(translations.th).toEqual(translation);
      }
      const bad = encodeURIComponent("' or true --");
      for (const [method, path] of [
        ["PATCH", `/${bad}`],
        ["DELETE", `/${bad}`],
        ["PUT", `/${bad}/publication`],
        ["PUT", `/${bad}/translations/th`],
        ["DELETE", `/${somewhere}/translations/${bad}`],
      ] as const) {
        const json = method === "PATCH" || path.includes("/th") ? { title: "x" } : undefined;
        expect([path, (await send(method, path, json)).status]).toEqual([path, 422]);
      }
      expect((await send("PATCH", `/${somewhere}`, { title: "x" })).status).toBe(404);
    });

    it("that breaks a rule of the table's alone is refused too", async () => {
      // As if the table knew a rule that the schemas do not.
      const { id } = await created();
      await kit.database.db.execute(sql`alter table properties add constraint odd_check check (title <> 'odd')`);
      expect(await refusal(create({ title: "odd" }))).toEqual([422, "invalid", ["json"]]);
      expect(await refusal(send("PATCH", `/${id}`, { title: "odd" }))).toEqual([422, "invalid", ["json"]]);
      await kit.database.db.execute(sql`alter table properties drop constraint odd_check`);
    });

    it("is nothing a user may write", async () => {
      const { id } = await created();
      for (const [method, path] of [
        ["POST", ""],
        ["PATCH", `/${id}`],
        ["DELETE", `/${id}`],
        ["PUT", `/${id}/publication`],
        ["DELETE", `/${id}/publication`],
        ["PUT", `/${id}/translations/th`],
        ["DELETE", `/${id}/translations/th`],
      ] as const) {
        expect((await send(method, path, {}, { as: "user" })).status).toBe(403);
        expect((await kit.request(`/api/v1/properties${path}`, { method, json: {} })).status).toBe(401);
      }
      const [row] = await kit.database.db.select().from(properties).where(eq(properties.id, id));
      expect(row).toMatchObject({ version: 1, deleted_at: null });
    });
  });
}

function draft(product: Product, overrides: object) {
  const [transaction_type, property_type] = [product.transactionTypes[0], product.propertyTypes[0]];
  return { title: "House", transaction_type, property_type, [`${transaction_type}_price`]: 2_500_000, ...overrides };
}

/** Where a value is wrong, and the value of the whole field. */
function wrongFields(product: Product): (readonly [path: string, value: unknown])[] {
  const images = [
    "javascript:alert(1)",
    "data:image/png;base64,AA",
    "http://example.test/1.jpg",
    "//example.test/1.jpg",
  ];
  const odd = [
    "https://",
    "https://user:pw@example.test/1.jpg",
    "https:\\\\example.test",
    "https://a b",
    'https://a/"x',
    "",
  ];
  return [
    ...["id", "version", "created_by", "updated_by", "created_at", "deleted_at", "is_published", "role"].map(
      (field) => [field, 1] as const,
    ),
    ["title", ""],
    ["title", "  "],
    ["title", "x".repeat(201)],
    ["title", "a\nb"],
    ["title", "\u0085"],
    ["description", "x".repeat(10_001)],
    ["description", "\u0007"],
    ["transaction_type", "gift"],
    ["property_type", "castle"],
    ["currency", product.currency === "USD" ? "EUR" : "USD"],
    ...["rent_price", "sale_price", "lease_price"].flatMap((field) =>
      [0, -1, 1.5, 2 ** 53, "5", true].map((value) => [field, value] as const),
    ),
    ["physical_specs.colour", { colour: "red" }],
    ["physical_specs.bedrooms", { bedrooms: -1 }],
    ["physical_specs.bedrooms", { bedrooms: "2" }],
    ["physical_specs.area_sqm", { area_sqm: 1e12 }],
    ["physical_specs.year_built", { year_built: 99_999 }],
    ["physical_specs.furnishing", { furnishing: "bare" }],
    ["location_details.latitude", { latitude: 91 }],
    ["location_details.longitude", { longitude: -181 }],
    ["location_details.country", { country: "th" }],
    ["contact_info.email", { email: "nobody" }],
    ["contact_info.phone", { phone: "1" }],
    ["amenities.0", ["Gym!"]],
    ["amenities.0", [1]],
    ["amenities", Array.from({ length: 101 }, () => "gym")],
    ["policies", "no_smoking"],
    ...[...images, ...odd].map((url) => ["cover_image", url] as const),
    ["images.1", ["https://example.test/1.jpg", "javascript:alert(1)"]],
    ["images", Array.from({ length: 51 }, (_, index) => `https://example.test/${index}.jpg`)],
    ["tags.0", ["a,b"]],
    ["tags.0", [" "]],
    ["tags.0", ["x".repeat(41)]],
    ["tags", Array.from({ length: 31 }, (_, index) => `t${index}`)],
    ["is_featured", "yes"],
    ["listing_priority", 1000],
    ["listing_priority", 1.5],
    ["property_id", ""],
  ];
}
