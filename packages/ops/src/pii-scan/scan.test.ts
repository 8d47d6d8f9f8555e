import { products } from "@whitelabel/shared-config";
import { useDatabase, useOwnCore } from "@whitelabel/test-kit";
import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { scanForPii } from "./scan.ts";

describe.each(products)("$id: pii:scan", (product) => {
  const database = useDatabase(product);
  const core = useOwnCore(product);
  const scan = () => scanForPii({ product, databaseUrl: database.migrationUrl, coreUrl: core.url });

  it("finds a text once core calls the guest so, and tells table, column and id only", async () => {
    const owner = postgres(core.ownerUrl, { max: 1 });
    try {
      const [booking] = await owner<{ booking_id: string; property_id: string }[]>`
        select booking_id::text, property_id::text from bookings order by 1 limit 1`;
      if (!booking) throw new Error("The demo core has no booking");
      const { booking_id, property_id } = booking;
      const add = async (title: string, of: string | null) =>
        (
          await database.owner.query<{ id: string }>(
            "insert into reception_tasks (id, property_id, booking_id, title, details) values (gen_random_uuid(), $1, $2, $3, '') returning id",
            [property_id, of, title],
          )
        )[0]?.id;
      const named = await add("towels for Quillon", booking_id);
      await add("towels for 305, late check-out", booking_id);
      await add("towels for Quillon", "vanished");

      const before = await scan();
      expect(before).toMatchObject({ findings: [], texts: 3, unknown_bookings: 1 });
      expect(before.columns).toContain("reception_tasks.title");

      await owner`update bookings set last_name = 'Quillon' where booking_id::text = ${booking_id}`;
      const phone = await add("call +66 81 000 0012", null);
      const { findings } = await scan();
      const found = [named, phone].map((id) => ({ table: "reception_tasks", column: "title", id }));
      expect(findings).toHaveLength(2);
      expect(findings).toEqual(expect.arrayContaining(found));
    } finally {
      await owner.end();
    }
  });
});
