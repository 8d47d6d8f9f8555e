import { products } from "@whitelabel/shared-config";
import { roles } from "@whitelabel/shared-db";
import { describe, expect, it } from "vitest";
import { asSuperuser } from "../copy-database.ts";
import { dumpDatabase } from "../dump-database.ts";
import { useApp } from "../use-app.ts";
import { useOwnCore } from "../use-core.ts";

// Words that stand nowhere else, so that one hit is a leak.
const first = "Quillonbrea";
const last = "Zwyntharp";
const personal = new RegExp([first, last].join("|"), "i");

for (const product of products)
  describe(`${product.id}: guests' names`, () => {
    const core = useOwnCore(product);
    const { request, database, lines, userOf } = useApp(product, { core, seeded: true });
    const [branch = ""] = product.development.corePropertyIds;
    const boards = ["arrivals", "departures", "in_house"].map(
      (view) => `/api/v1/front-desk/bookings?property_id=${branch}&view=${view}&limit=100`,
    );

    async function plantGuests() {
      await asSuperuser(core.ownerUrl, async (sql) => {
        await sql`update bookings set first_name = ${first}, last_name = ${last}`;
      });
    }

    /** Every route of the OpenAPI document, as everybody, with ids that exist and with some that do not. */
    async function driveEveryRoute(): Promise<{ path: string; text: string; status: number }[]> {
      const document = (await (await request("/api/openapi.json")).json()) as { paths: Record<string, object> };
      const listings = (await (await request("/api/v1/properties?limit=1")).json()) as { items: { id: string }[] };
      const answers = [];
      for (const [template, methods] of Object.entries(document.paths)) {
        const values = [listings.items[0]?.id ?? "", "00000000-0000-7000-8000-000000000000", `${first} ${last}`];
        for (const value of template.includes("{") ? values : [""]) {
          const path = template.replaceAll(/\{\w+\}/g, encodeURIComponent(value));
          for (const query of ["", `?property_id=${branch}`, `?property_id=${first}&q=${last}`, "?limit=junk"])
            for (const method of Object.keys(methods))
              for (const as of [undefined, ...roles])
                answers.push({ path, ...(await send(path + query, method.toUpperCase(), as)) });
        }
      }
      return answers;
    }

    async function send(path: string, method: string, as: (typeof roles)[number] | undefined) {
      const response = await request(path, { method, ...(as && { as }) });
      return { status: response.status, text: await response.text() };
    }

    it("reach staff from core, and then stand nowhere: not in the database, not in a log line", async () => {
      await plantGuests();
      for (const role of roles) await userOf(role);

      let shown = 0;
      for (const path of boards) {
        for (const as of ["agent", "admin"] as const) {
          const { status, text } = await send(path, "GET", as);
          expect(status).toBe(200);
          if (text.includes(last)) shown++;
        }
        for (const as of [undefined, "user"] as const) expect((await send(path, "GET", as)).text).not.toMatch(personal);
      }
      expect(shown).toBeGreaterThan(0);

      const answers = await driveEveryRoute();
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);

      // Names that a caller puts into a request are not taken up either.
      await request(`/api/v1/front-desk/bookings?property_id=${first}`, { as: "agent", headers: { "x-guest": last } });

      const stored = await dumpDatabase(database.migrationUrl);
      expect(stored).toContain("guest_data.viewed");
      expect(stored).not.toMatch(personal);
      expect(lines.entries().length).toBeGreaterThan(answers.length);
      expect(lines.text()).not.toMatch(personal);
    });

    it("do not come out with a failure of core, whose errors quote rows", async () => {
      await plantGuests();
      lines.clear();
      // The first makes the server quote a row in its error, the second takes a column away.
      for (const change of ["alter check_in type text using first_name", "rename status to state"]) {
        await asSuperuser(core.ownerUrl, (sql) => sql.unsafe(`alter table bookings ${change}`));
        for (const path of boards) {
          const { status, text } = await send(path, "GET", "agent");
          expect(status).toBe(200);
          expect(text).not.toMatch(personal);
        }
      }
      expect(await (await request(boards[0] ?? "", { as: "agent" })).json()).toMatchObject({ degraded: ["core"] });
      expect(lines.text()).not.toMatch(personal);
    });
  });
