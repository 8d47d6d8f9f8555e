import { products } from "@whitelabel/shared-config";
import { auditLogs } from "@whitelabel/shared-db";
import {
  createAgent,
  type FaultProxy,
  startFaultProxy,
  testEnv,
  useApp,
  useOwnCore,
  useServer,
} from "@whitelabel/test-kit";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { bodyOf } from "../../test-support.ts";
import { eventsOf, take } from "../front-desk-events/testing/events.ts";
import type { NotificationPage, Receipt } from "./schemas.ts";

for (const product of products) {
  const [ours = "", alsoOurs = ""] = product.development.corePropertyIds;
  const foreign = ["BKK-01", "LIS-01", "NYC-01"].find((id) => !product.development.corePropertyIds.includes(id)) ?? "";

  describe(`${product.id}: notifications`, () => {
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
    const announce = (notification_id: string, property_id = ours, booking_id: string | null = null) => owner`
      insert into reception_notifications (notification_id, property_id, booking_id, kind, created_at, message)
      values (${notification_id}, ${property_id}, ${booking_id}, 'shift_report', clock_timestamp(), 'Canary Guest')`;

    beforeAll(async () => {
      owner = postgres(core.ownerUrl, { max: 1 });
      await owner`delete from reception_notifications`;
      await owner`
        insert into bookings (booking_id, property_id, guest_id, first_name, last_name, check_in, check_out, status)
        select 'N-B', ${ours}, guest_id, 'Quillon', 'Überwart', '2031-01-01', '2031-01-02', 'confirmed'
        from guests limit 1`;
      for (const id of ["a", "b", "c"]) await announce(id);
      await announce("d", ours, "N-B");
      await announce("also", alsoOurs);
      await announce("foreign", foreign);
    });
    afterAll(async () => {
      await Promise.all([owner.end(), proxy.close()]);
    });
    afterEach(() => proxy.heal());

    const list = (query: Record<string, string> = {}) =>
      bodyOf<NotificationPage>(
        kit.request(`/api/v1/front-desk/notifications?${new URLSearchParams({ property_id: ours, ...query })}`, {
          as: "agent",
        }),
      );
    const ids = ({ items }: NotificationPage) => items.map(({ notification_id }) => notification_id);
    const acknowledge = (id: string, as: Parameters<typeof kit.request>[1] = { as: "agent" }) =>
      kit.request(`/api/v1/front-desk/notifications/${id}/receipt`, { ...as, method: "PUT" });

    it("are core's, the newest first, with the guest as core has them now, and no message", async () => {
      const page = await list();
      expect([ids(page), page.unread_count, page.degraded]).toEqual([["d", "c", "b", "a"], 4, []]);
      expect(page.items[0]).toEqual({
        notification_id: "d",
        property_id: ours,
        booking_id: "N-B",
        kind: "shift_report",
        created_at: expect.any(String),
        receipt: null,
        booking: expect.objectContaining({ guest_name: "Quillon Überwart" }),
      });
      const views = await kit.database.db.select().from(auditLogs).where(eq(auditLogs.action, "guest_data.viewed"));
      expect(views.at(-1)).toMatchObject({
        entity: "notification",
        details: { property_id: ours, booking_ids: ["N-B"] },
      });
    });

    it("are acknowledged by the first of many who do, once, for whoever listens too", async () => {
      const events = eventsOf(await kit.request("/api/v1/front-desk/events", { as: "agent" }));
      onTestFinished(async () => void (await events.return(undefined)));
      await take(events, 1);
      const agents = await Promise.all(Array.from({ length: 4 }, () => createAgent(kit.database.db, [ours])));
      const answers = await Promise.all(
        Array.from({ length: process.env.NIGHTLY === "1" ? 200 : 60 }, async (_, index) => {
          const as = agents[index % 4];
          const response = await acknowledge("b", as && { as });
          return [response.status, await response.text()];
        }),
      );
      expect(new Set(answers.map(String)).size).toBe(1);
      const [status, text] = answers[0] ?? [];
      const receipt = JSON.parse(String(text)) as Receipt;
      expect([status, receipt]).toEqual([
        200,
        {
          notification_id: "b",
          property_id: ours,
          acknowledged_by: expect.any(Number),
          acknowledged_at: expect.any(String),
        },
      ]);
      const rows = await kit.database.db
        .select()
        .from(auditLogs)
        .where(eq(auditLogs.action, "notification.acknowledged"));
      expect(rows).toMatchObject([{ entity_id: "b", actor_id: receipt.acknowledged_by }]);
      expect((await take(events, 1))[0]).toMatchObject({
        event: "notification.acknowledged",
        data: { entity_id: "b" },
      });
      expect(await kit.database.owner.query("select 1 from front_desk_events")).toHaveLength(1);
      expect((await list()).items[2]).toMatchObject({ notification_id: "b", receipt });
    });

    it("page and filter without loss or repetition while new ones come", async () => {
      await acknowledge("a");
      expect(ids(await list({ unread: "true" }))).toEqual(["d", "c"]);
      const read = await list({ unread: "false" });
      expect([ids(read), read.unread_count]).toEqual([["b", "a"], 2]);
      const seen: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: NotificationPage = await list({ limit: "1", ...(cursor && { cursor }) });
        if (seen.length === 1) await announce("e");
        seen.push(...ids(page));
        cursor = page.next_cursor;
      }
      expect(seen).toEqual(["d", "c", "b", "a"]);
      const { next_cursor } = await list({ limit: "1" });
      const other = `?property_id=${ours}&unread=true&cursor=${next_cursor}`;
      expect((await kit.request(`/api/v1/front-desk/notifications${other}`, { as: "agent" })).status).toBe(422);
    });

    it("of another branch, or of none, do not exist", async () => {
      for (const id of ["also", "foreign", "nothing", "%00"]) {
        expect([404, 422]).toContain((await acknowledge(id)).status);
      }
      expect((await acknowledge("also", { as: "admin" })).status).toBe(200);
      expect((await acknowledge("also")).status).toBe(404);
      for (const property_id of [alsoOurs, foreign]) {
        const path = `/api/v1/front-desk/notifications?property_id=${property_id}`;
        expect((await kit.request(path, { as: "agent" })).status).toBe(404);
      }
    });

    it("while core is away the list says so, and what has a receipt is acknowledged still", async () => {
      proxy.cut();
      await proxy.refuse();
      const page = { items: [], next_cursor: null, unread_count: null, degraded: ["core"] };
      expect(await list()).toEqual(page);
      expect((await acknowledge("b")).status).toBe(200);
      const unknown = await acknowledge("c");
      expect([unknown.status, (await bodyOf(unknown)).code]).toEqual([503, "core_unavailable"]);
    });

    it("are polled by one of two processes, and told once to whoever listens to either", async () => {
      const env = testEnv(product, { url: kit.database.url, coreUrl: core.url });
      const servers = [await useServer(product, env), await useServer(product, env)];
      await Promise.all(servers.map((server) => server.readiness(200)));
      const headers = { authorization: `Bearer ${await kit.token("agent")}` };
      const streams = await Promise.all(
        servers.map(async ({ request }) => eventsOf(await request("/api/v1/front-desk/events", { headers }))),
      );
      for (const stream of streams) await take(stream, 1);
      const announced = Array.from({ length: 5 }, (_, index) => `live-${index}`);
      for (const id of announced) await announce(id);
      for (const stream of streams) {
        const told: string[] = [];
        while (told.length < announced.length) {
          const [event] = await take(stream, 1);
          // The first poll also tells of what was announced before.
          if (event?.data.entity_id.startsWith("live-")) told.push(event.data.entity_id);
        }
        expect(told).toEqual(announced);
      }
      const jobs = await kit.database.owner.query("select job from job_leases order by job");
      expect(jobs.map(({ job }) => job)).toEqual(["notifications", "orphans", "retention"]);
    });
  });
}
