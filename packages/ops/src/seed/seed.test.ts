import { products, realestate } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { migrate } from "../migrate/migrate.ts";
import { folderOf, useDatabases } from "../migrate/test-databases.ts";
import { devUsers } from "./dev-users.ts";
import { amenityEntries, policyEntries } from "./dictionary-entries.ts";
import { makeListings } from "./listings.ts";
import { seed } from "./seed.ts";

const { create } = useDatabases();
const seeded = [
  "users",
  "staff_assignments",
  "properties",
  "property_translations",
  "amenities",
  "amenity_translations",
  "policies",
  "policy_translations",
];

for (const product of products)
  describe(`${product.id}: seed`, () => {
    const prepare = async () => {
      const database = await create(product);
      const { migrationUrl, migrator } = database;
      await migrate({ product, migrationUrl, folder: folderOf(product) });
      const dump = async () =>
        Promise.all(seeded.map((table) => migrator`select * from ${migrator(table)} t order by t::text`));
      return { ...database, dump, run: () => seed({ product, migrationUrl, environment: "development" }) };
    };

    it("adds users, dictionaries and at least 200 listings in two languages, in no time", async () => {
      const { run, migrator } = await prepare();
      const started = performance.now();
      const { added } = await run();
      expect(performance.now() - started).toBeLessThan(3000); // 0.3 s on an idle machine

      expect(added).toMatchObject({ users: 4, staff_assignments: 2, amenities: amenityEntries.length });
      expect(added.policies).toBe(policyEntries.length);
      const [count] = await migrator`
        select count(*)::int as listings, count(t.listing_id)::int as translated,
          count(*) filter (where is_published and deleted_at is null)::int as published,
          count(*) filter (where not is_published)::int as drafts,
          count(*) filter (where is_featured)::int as featured,
          count(*) filter (where deleted_at is not null)::int as deleted,
          count(*) filter (where t.title ~ '[ก-๙]' and t.description ~ '[ก-๙]')::int as thai
        from properties p left join property_translations t on t.listing_id = p.id and t.locale = 'th'`;
      expect(count?.listings).toBeGreaterThanOrEqual(200);
      expect(count).toMatchObject({ listings: added.listings, translated: added.listings, thai: added.listings });
      expect(count?.published).toBeGreaterThan(200);
      for (const few of ["drafts", "featured", "deleted"]) expect(count?.[few], few).toBeGreaterThan(2);
    });

    it("changes nothing the second time, and gives the same rows in another database", async () => {
      const { run, dump } = await prepare();
      await run();
      const before = await dump();
      expect((await run()).added).toEqual({ users: 0, staff_assignments: 0, amenities: 0, policies: 0, listings: 0 });
      expect(await dump()).toEqual(before);

      const other = await prepare();
      await other.run();
      const listings = seeded.indexOf("properties");
      expect((await other.dump())[listings]).toEqual(before[listings]);
    });

    it("leaves what a developer changed, and puts back what is gone", async () => {
      const { run, migrator } = await prepare();
      await run();
      await migrator`update users set display_name = 'Changed'`;
      await migrator`delete from staff_assignments`;
      await migrator`update properties set title = 'Changed'`;
      await migrator`delete from properties where is_featured`;
      const { added } = await run();
      expect(added).toMatchObject({ users: 0, staff_assignments: 0 });
      expect(added.listings).toBeGreaterThan(10);
      expect(await migrator`select from users where display_name <> 'Changed'`).toHaveLength(0);
      expect(await migrator`select from properties where title <> 'Changed'`).toHaveLength(added.listings);
      expect(
        await migrator`
        select from properties p where not exists (select from property_translations where listing_id = p.id)`,
      ).toHaveLength(0);
    });

    it("uses codes that the dictionaries have", async () => {
      const { run, migrator } = await prepare();
      await run();
      for (const dictionary of ["amenities", "policies"])
        expect(
          await migrator`
          select distinct code from properties, jsonb_array_elements_text(${migrator(dictionary)}) code
          where code not in (select code from ${migrator(dictionary)})`,
        ).toEqual([]);
      expect(
        await migrator`
        select code from amenities a where (select count(distinct locale) from amenity_translations where amenity_id = a.id) < 2`,
      ).toEqual([]);
    });

    it("is refused in production and staging, with nothing written", async () => {
      const { migrationUrl, dump } = await prepare();
      await expect(seed({ product, migrationUrl, environment: "production" })).rejects.toThrow(/refused in production/);
      await expect(seed({ product, migrationUrl, environment: "staging" })).rejects.toThrow(/refused in staging/);
      expect((await dump()).flat()).toEqual([]);
    });

    it("is refused by the name of the production database, unless somebody says that it is none", async () => {
      const { migrationUrl, migrator } = await create(product, product.databaseName);
      await migrate({ product, migrationUrl, folder: folderOf(product) });
      const unsaid = seed({ product, migrationUrl, environment: undefined });
      await expect(unsaid).rejects.toThrow(`${product.databaseName} has the name of`);
      expect([...(await migrator`select from users`)]).toEqual([]);
      expect((await seed({ product, migrationUrl, environment: "test" })).added.users).toBe(4);
    });

    it("is refused for a database of another product, or of nobody", async () => {
      const other = products.find(({ id }) => id !== product.id) ?? realestate;
      const { migrationUrl, dump } = await prepare();
      const theirs = seed({ product: other, migrationUrl, environment: "development" });
      await expect(theirs).rejects.toThrow(`belongs to ${product.id}`);
      expect((await dump()).flat()).toEqual([]);

      const empty = await create(product);
      const nobodys = seed({ product, migrationUrl: empty.migrationUrl, environment: "development" });
      await expect(nobodys).rejects.toThrow(/no marker/);
    });

    it("has a user of each role, whose agents work at one branch each", () => {
      const users = devUsers(product);
      expect(users.map(({ role }) => role)).toEqual(["admin", "agent", "agent", "user"]);
      expect(users.map(({ email }) => email)).toContain(`agent.dev@${product.development.emailDomain}`);
      const [first, second] = product.development.corePropertyIds;
      expect(users.flatMap(({ branches }) => branches)).toEqual([first, second]);
    });

    describe("its listings", () => {
      const listings = makeListings(product);

      it("are mostly what the product is about, and a little of everything that it allows", () => {
        const [usual] = product.transactionTypes;
        const share = listings.filter(({ transaction_type }) => transaction_type === usual).length / listings.length;
        expect(share).toBeGreaterThan(0.7);
        expect(share).toBeLessThan(0.95);
        expect(new Set(listings.map(({ property_type }) => property_type))).toEqual(new Set(product.propertyTypes));
        expect(new Set(listings.map(({ transaction_type }) => transaction_type))).toEqual(
          new Set(product.transactionTypes),
        );
      });

      it("are varied", () => {
        const distinct = (of: (listing: (typeof listings)[number]) => unknown) => new Set(listings.map(of)).size;
        expect(distinct(({ id }) => id)).toBe(listings.length);
        expect(distinct(({ title }) => title)).toBeGreaterThan(listings.length * 0.7);
        expect(distinct(({ location_details }) => location_details.city)).toBeGreaterThanOrEqual(6);
        expect(distinct(({ physical_specs }) => physical_specs.bedrooms)).toBeGreaterThanOrEqual(6);
      });

      it("are of the property types that the definition allows", () => {
        const narrow = makeListings({ ...product, propertyTypes: ["condo", "land"] });
        expect(new Set(narrow.map(({ property_type }) => property_type))).toEqual(new Set(["condo", "land"]));
      });

      it("name nobody: their contact is an office of the product", () => {
        for (const { contact_info } of listings) {
          expect(contact_info.email).toMatch(new RegExp(`^[a-z-]+@${product.development.emailDomain}$`));
          expect(Object.keys(contact_info).toSorted()).toEqual(["email", "hours", "office"]);
        }
      });
    });
  });

it("no two products share a listing's id", () => {
  const ids = products.flatMap((product) => makeListings(product).map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});
