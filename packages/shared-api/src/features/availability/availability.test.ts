import { products } from "@whitelabel/shared-config";
import { type FaultProxy, startFaultProxy, useApp, useOwnCore } from "@whitelabel/test-kit";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";
import type { RoomTypeAvailability } from "./schemas.ts";

type Page = { items: RoomTypeAvailability[]; degraded: string[]; from: string; to: string };

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;

  describe(`${product.id}: rooms and what is left of them`, () => {
    const core = useOwnCore(product);
    let proxy: FaultProxy;
    let owner: postgres.Sql;
    const kit = useApp(product, {
      core,
      through: async ({ url, coreUrl }) => {
        proxy = await startFaultProxy(coreUrl ?? "");
        return { url, coreUrl: proxy.url };
      },
    });
    const ask = (rest: string, branch = ours) =>
      kit.request(`/api/v1/front-desk/branches/${branch}/${rest}`, { as: "agent" });

    beforeAll(async () => {
      owner = postgres(core.ownerUrl, { max: 1 });
      const offer = (room: string, date: string, available: number, price: string, currency: string) => owner`
        insert into room_offers_daily (property_id, room_id, date, available, price, currency)
        values (${ours}, ${`${ours}-${room}`}, ${date}, ${available}, ${price}, ${currency})`;
      await offer("101", "2031-05-01", 1, "1234.56", "THB");
      await offer("102", "2031-05-01", 2, "999.99", "thb");
      await offer("103", "2031-05-01", 0, "1.00", "THB"); // nothing left at this price
      await offer("104", "2031-05-01", 1, "5", "USD"); // another currency compares with nothing
      await offer("101", "2031-05-02", 1, "12000", "JPY");
      await offer("102", "2031-05-02", 0, "1", "JPY");
      await offer("201", "2031-05-02", 1, "10.25", "KWD");
      await offer("102", "2031-05-03", 1, "1", "THB"); // the day after
    });
    afterAll(async () => {
      await Promise.all([owner.end(), proxy.close()]);
    });

    it("lists a branch's rooms", async () => {
      const page = await bodyOf<{ items: object[]; next_cursor: null; degraded: string[] }>(ask("rooms"));
      expect(page).toMatchObject({ next_cursor: null, degraded: [] });
      expect(page.items).toHaveLength(20);
      expect(page.items[0]).toEqual({ room_id: `${ours}-101`, property_id: ours, name: "101", room_type: "Standard" });
    });

    it("counts what is left by type and night, with the lowest price in minor units", async () => {
      const page = await bodyOf<Page>(ask("availability?from=2031-05-01&to=2031-05-03"));
      expect(page).toMatchObject({ from: "2031-05-01", to: "2031-05-03", degraded: [] });
      const daysOf = (type: string) => page.items.find(({ room_type }) => room_type === type)?.days;
      expect(daysOf("Standard")).toEqual([
        { date: "2031-05-01", available: 4, lowest_price: 99_999, currency: "THB" },
        { date: "2031-05-02", available: 1, lowest_price: 12_000, currency: "JPY" },
      ]);
      expect(daysOf("Superior")).toEqual([{ date: "2031-05-02", available: 1, lowest_price: 10_250, currency: "KWD" }]);
      expect(daysOf("Suite")).toEqual([]);
      expect(page.items.find(({ room_type }) => room_type === "Standard")?.rooms).toBe(5);
    });

    it("takes a range of days and no other", async () => {
      for (const range of [
        "",
        "?from=2031-05-01",
        "?from=2031-05-01&to=2031-05-01",
        "?from=2031-05-02&to=2031-05-01",
        "?from=2031-05-01&to=2031-08-02",
        "?from=2031-02-30&to=2031-03-01",
        "?from=0000-01-01&to=0000-01-02",
        "?from=2031-05-01&to=2031-05-02&limit=1",
      ])
        expect([range, (await ask(`availability${range}`)).status]).toEqual([range, 422]);
      expect((await ask("availability?from=2031-05-01&to=2031-08-01")).status).toBe(200);
      expect((await ask("availability?from=9999-12-30&to=9999-12-31")).status).toBe(200);
    });

    it("knows no other branch, and says when core is away", async () => {
      for (const branch of [alsoOurs, "nowhere"]) {
        for (const rest of ["rooms", "availability?from=2031-05-01&to=2031-05-02"])
          expect((await ask(rest, branch)).status).toBe(404);
      }
      proxy.cut();
      await proxy.refuse();
      expect(await bodyOf(ask("rooms"))).toEqual({ items: [], next_cursor: null, degraded: ["core"] });
      const page = await bodyOf<Page>(ask("availability?from=2031-05-01&to=2031-05-02"));
      expect(page).toMatchObject({ items: [], degraded: ["core"] });
    });
  });
}
