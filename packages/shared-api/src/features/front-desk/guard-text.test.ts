import { products } from "@whitelabel/shared-config";
import { createUser, type FaultProxy, startFaultProxy, useApp, useOwnCore } from "@whitelabel/test-kit";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../http/app-error.ts";
import { guardText, redactText, type TextOwner, type Texts } from "./guard-text.ts";

for (const product of products) {
  const [property_id = ""] = product.development.corePropertyIds;
  const family: TextOwner = { property_id, booking_id: "G-1" };

  describe(`${product.id}: text about a booking`, () => {
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
    const stores = () => ({ database: kit.deps.database, core: kit.deps.core as NonNullable<typeof kit.deps.core> });

    beforeAll(async () => {
      owner = postgres(core.ownerUrl, { max: 1 });
      const [guest] = await owner`select guest_id from guests limit 1`;
      const usual = { property_id, guest_id: guest?.guest_id, check_in: "2031-05-02", check_out: "2031-05-04" };
      const rooms = [
        { booking_id: "G-1", row_room_id: "G-1-a", first_name: "Quillon", last_name: "Überwart" },
        { booking_id: "G-1", row_room_id: "G-1-b", first_name: "Victoria", last_name: "Zzyzxova" },
      ];
      for (const room of rooms) await owner`insert into bookings ${owner({ ...usual, ...room, status: "confirmed" })}`;
      await owner`update rooms set name = 'Victoria Suite' where room_id =
        (select min(room_id) from rooms where property_id = ${property_id})`;
      await createUser(kit.database.db, { role: "agent", display_name: "Zzyzxova Desk" });
      await createUser(kit.database.db, { role: "user", display_name: "Quillon" });
    });
    afterAll(async () => {
      await Promise.all([owner.end(), proxy.close()]);
    });

    const refusal = (of: TextOwner, texts: Texts) =>
      guardText(stores(), of, texts).then(
        () => undefined,
        (error) => (error instanceof AppError ? { code: error.code, errors: error.errors } : error),
      );

    it("may name nobody of any of its rooms, and is told where and what, not the text", async () => {
      expect(await refusal(family, { title: "Towels for 305", details: "" })).toBeUndefined();
      expect(await refusal(family, { title: "Call quillon", details: "Mrs ZZYZXOVA, mail a.b@example.test" })).toEqual({
        code: "pii_detected",
        errors: [
          { path: "json.title", message: "name" },
          { path: "json.details", message: "name" },
          { path: "json.details", message: "email" },
        ],
      });
    });

    it("may name rooms and staff, who may be called as a guest is", async () => {
      expect(await refusal(family, { title: "Clean the Victoria Suite" })).toBeUndefined();
      expect(await refusal(family, { title: "Zzyzxova Desk hands over" })).toBeUndefined();
      expect(await refusal(family, { title: "Victoria asked for towels" })).toMatchObject({ code: "pii_detected" });
    });

    it("of a guest is stored without what would be refused", async () => {
      const text = await redactText(stores(), family, "I am Quillon, +351 912 345 678, towels please");
      expect(text).toBe("I am [redacted], [redacted], towels please");
      expect(await refusal(family, { text })).toBeUndefined();
    });

    it("is searched for patterns without a booking, with core or without", async () => {
      proxy.freeze();
      expect(await refusal({ property_id }, { title: "Quillon is no guest here" })).toBeUndefined();
      expect(await refusal({ property_id }, { title: "card 4111 1111 1111 1111" })).toEqual({
        code: "pii_detected",
        errors: [{ path: "json.title", message: "card" }],
      });
      await proxy.heal();
    });

    it("is refused while core cannot say the names, and once core has no such booking", async () => {
      proxy.freeze();
      await expect(guardText(stores(), family, { title: "Towels" })).rejects.toMatchObject({ store: "core" });
      await expect(redactText(stores(), family, "Towels")).rejects.toMatchObject({ store: "core" });
      expect(await refusal(family, { title: "  ", details: null, resolution: undefined })).toBeUndefined();
      await proxy.heal();
      const gone = { property_id, booking_id: "G-9" };
      await expect.poll(() => refusal(gone, { title: "Towels" })).toMatchObject({ code: "conflict" });
    });
  });
}
