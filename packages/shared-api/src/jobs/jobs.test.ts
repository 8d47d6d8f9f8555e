import { openCore } from "@whitelabel/core-readonly";
import { products } from "@whitelabel/shared-config";
import { type Database, openDatabase } from "@whitelabel/shared-db";
import { type FaultProxy, logLines, startFaultProxy, useDatabase, useOwnCore } from "@whitelabel/test-kit";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { deleteOld } from "./delete-old.ts";
import { findOrphans } from "./find-orphans.ts";
import { takeLease } from "./leases.ts";
import { pollNotifications, tellOf } from "./poll-notifications.ts";
import { type Job, startJobs, type Turn } from "./run-jobs.ts";

const quiet = { wake: () => {}, listen: () => () => {} };

for (const product of products) {
  const [ours = ""] = product.development.corePropertyIds;
  const foreign = ["BKK-01", "LIS-01", "NYC-01"].find((id) => !product.development.corePropertyIds.includes(id)) ?? "";

  describe(`${product.id}: jobs`, () => {
    const made = useDatabase(product);
    const testCore = useOwnCore(product);
    const propertyIds = product.development.corePropertyIds;
    let coreOwner: postgres.Sql;
    let core: ReturnType<typeof openCore>;
    let proxy: FaultProxy;
    /** As the API's own role. */
    let app: Database;
    const query = <Row extends object>(text: string, params: unknown[] = []) => made.owner.query<Row>(text, params);

    beforeAll(async () => {
      coreOwner = postgres(testCore.ownerUrl, { max: 1 });
      await coreOwner`delete from reception_notifications`;
      app = openDatabase({ url: made.url, productId: product.id, max: 10 });
      proxy = await startFaultProxy(testCore.url);
      core = openCore({ url: proxy.url, propertyIds, max: 3, deadlineMs: 500 });
    });
    afterAll(async () => {
      await Promise.all([core.close(), app.close(), coreOwner.end()]);
      await proxy.close();
    });

    const turn = (more: Partial<Turn["lease"]> = {}): Turn => ({
      lease: { taken_at: new Date().toISOString(), seen_until: null, ...more },
      holder: "test",
      signal: new AbortController().signal,
    });

    describe("whose lease it is", () => {
      const job = (name: string, run: Job["run"]): Job => ({ name, everyMs: 20, deadlineMs: 200, run });
      const start = (jobs: Job[], lines = logLines()) => {
        const started = startJobs({ database: app, log: lines.log, jobs });
        onTestFinished(() => started.stop());
        return started;
      };

      it("runs in one of many replicas, and in another at once when that one stops", async () => {
        const runs: number[] = [];
        const replicas = [0, 1, 2].map((index) => start([job("one", async () => void runs.push(index))]));
        await expect.poll(() => runs.length, { timeout: 5_000 }).toBeGreaterThan(5);
        const [first = 0] = runs;
        expect(new Set(runs)).toEqual(new Set([first]));
        await replicas[first]?.stop();
        const until = runs.length;
        await expect.poll(() => runs.length, { timeout: 5_000 }).toBeGreaterThan(until + 5);
        expect(new Set(runs.slice(until)).size).toBe(1);
        expect(runs[until]).not.toBe(first);
      });

      it("passes on when its holder says nothing any more, by the database's clock", async () => {
        expect(await takeLease(app, "silent", "crashed")).toBeDefined();
        expect(await takeLease(app, "silent", "crashed")).toBeDefined();
        expect(await takeLease(app, "silent", "next")).toBeUndefined();
        const [row] = await query<{ seconds: number }>(
          "select extract(epoch from lease_until - now())::float8 as seconds from job_leases where job = 'silent'",
        );
        expect(row?.seconds).toBeLessThan(8);
        await query("update job_leases set lease_until = now() - interval '1 ms' where job = 'silent'");
        const takers = Array.from({ length: 50 }, (_, index) => takeLease(app, "silent", `taker ${index}`));
        expect((await Promise.all(takers)).filter((lease) => lease !== undefined)).toHaveLength(1);
      });

      it("a job that fails or hangs is logged once without values, and tried again", async () => {
        const lines = logLines();
        let runs = 0;
        const failing = job("failing", async () => {
          runs += 1;
          throw new Error("canary of a guest");
        });
        let hung = 0;
        const hanging = job("hanging", () => {
          hung += 1;
          return new Promise(() => {});
        });
        const { stop } = start([failing, hanging], lines);
        await expect.poll(() => runs, { timeout: 5_000 }).toBeGreaterThan(3);
        await expect.poll(() => hung, { timeout: 5_000 }).toBeGreaterThan(1);
        void stop();
        expect(lines.text()).not.toContain("canary");
        // A busy machine may lose a lease now and then, which is said as well.
        const said = lines.entries().filter(({ level }) => level === 50);
        expect(said.map(({ job, msg }) => [job, msg])).toEqual(
          expect.arrayContaining(["failing", "hanging"].map((name) => [name, "the job failed"])),
        );
        expect(said).toHaveLength(2);
      });
    });

    describe("notifications", () => {
      const poll = (stores: Partial<Parameters<typeof pollNotifications>[0]> = {}) =>
        pollNotifications({ database: app, core, events: quiet, ...stores });
      const announce = (notification_id: string, minutesAgo = 0, property_id = ours) => coreOwner`
        insert into reception_notifications (notification_id, property_id, kind, created_at)
        values (${notification_id}, ${property_id}, 'shift_report', now() - make_interval(mins => ${minutesAgo}))`;
      const told = async () => {
        const rows = await query<{ entity_id: string }>(
          "select entity_id from front_desk_events where kind = 'notification.created' order by position",
        );
        return rows.map(({ entity_id }) => entity_id);
      };
      beforeEach(async () => {
        await coreOwner`delete from reception_notifications`;
        await query("delete from front_desk_events");
      });

      it("each becomes one event, however often and late it is read, in core's order", async () => {
        const wake = vi.fn();
        const job = poll({ events: { ...quiet, wake } });
        await announce("b", 2);
        await announce("a", 3);
        await announce("old", 11);
        await announce("foreign", 0, foreign);
        await job.run(turn());
        await job.run(turn());
        expect(await told()).toEqual(["a", "b"]);
        expect(wake).toHaveBeenCalledTimes(1);
        await announce("late", 9); // committed now
        await job.run(turn({ seen_until: new Date().toISOString() }));
        expect(await told()).toEqual(["a", "b", "late"]);
        expect(wake).toHaveBeenCalledTimes(2);
      });

      it("go on after an outage from where they were read to", async () => {
        await announce("before", 200);
        for (let index = 0; index < 3; index += 1) await announce(`during ${index}`, 100 - index);
        await poll().run(turn({ seen_until: new Date(Date.now() - 120 * 60_000).toISOString() }));
        expect(await told()).toEqual(["during 0", "during 1", "during 2"]);
      });

      it("are read page by page", async () => {
        await coreOwner`
          insert into reception_notifications (notification_id, property_id, kind, created_at)
          select 'n' || n, ${ours}, 'shift_report', now() - interval '1 minute' from generate_series(1, 1100) as n`;
        await poll().run(turn());
        expect(new Set(await told()).size).toBe(1100);
      });

      it("of which one is delivered 200 times at once are told of once, without an error", async () => {
        const one = ["x", "y"].map((notification_id) => ({
          ...{ notification_id, property_id: ours, booking_id: null },
          ...{ kind: null, created_at: "2026-11-21T04:00:00Z" },
        }));
        const [before] = await query<{ position: number }>("select position from front_desk_position");
        const counts = await Promise.all(Array.from({ length: 200 }, () => tellOf(app, one)));
        expect(counts.reduce((sum, count) => sum + count)).toBe(2);
        expect(await told()).toEqual(["x", "y"]);
        const [after] = await query<{ position: number }>("select position from front_desk_position");
        // Only those that raced for the first time took positions for nothing.
        expect((after?.position ?? 0) - (before?.position ?? 0)).toBeLessThanOrEqual(2 * 200);
        expect(await tellOf(app, one)).toBe(0);
        const [still] = await query<{ position: number }>("select position from front_desk_position");
        expect(still).toEqual(after);
      });

      it("wait while core is away, and nothing is noted as read", async () => {
        await query(
          "insert into job_leases (job, holder, lease_until) values ('notifications', 'test', now()) on conflict do nothing",
        );
        proxy.cut();
        await proxy.refuse();
        await expect(poll().run(turn())).rejects.toMatchObject({ store: "core" });
        const seen = () => query("select seen_until from job_leases where job = 'notifications'");
        expect(await seen()).toEqual([{ seen_until: null }]);
        await proxy.heal();
        await expect
          .poll(
            () =>
              poll()
                .run(turn())
                .then(
                  () => "read",
                  () => "away",
                ),
            { timeout: 5_000 },
          )
          .toBe("read");
        expect(await seen()).toEqual([{ seen_until: expect.any(String) }]);
      });
    });

    describe("orphans", () => {
      const run = () => findOrphans({ database: app, core, events: quiet }).run(turn());
      const flagged = async () =>
        (
          await query<{ booking_id: string }>(
            `select booking_id from reception_tasks where orphaned_at is not null
            union all select booking_id from guest_links where orphaned_at is not null order by 1`,
          )
        ).map(({ booking_id }) => booking_id);
      const book = (booking_id: string, row_room_id: string | null = null, status = "confirmed") => coreOwner`
        insert into bookings (booking_id, row_room_id, property_id, guest_id, check_in, check_out, status)
        select ${booking_id}, ${row_room_id}, ${ours}, guest_id, '2031-01-01', '2031-01-02', ${status} from guests limit 1`;

      beforeAll(async () => {
        for (const id of ["O-1", "O-2", "O-3"]) await book(id);
        await book("O-4", "a", "cancelled");
        await book("O-4", "b");
        for (const [id, branch] of [
          ["O-1", ours],
          ["O-2", ours],
          ["O-3", ours],
          ["O-4", ours],
          [null, ours],
          ["O-9", "not a branch of core"],
        ])
          await query(
            "insert into reception_tasks (id, property_id, booking_id, title) values (gen_random_uuid(), $1, $2, 'Towels')",
            [branch, id],
          );
        await query(
          `insert into guest_links (id, property_id, booking_id, expires_at)
          values (gen_random_uuid(), $1, 'O-1', now())`,
          [ours],
        );
      });

      it("are flagged when their booking is cancelled or gone, told of, recorded once, and never deleted", async () => {
        await run();
        expect(await flagged()).toEqual([]);
        await coreOwner`update bookings set status = 'cancelled' where booking_id = 'O-1'`;
        await coreOwner`delete from bookings where booking_id = 'O-2'`;
        await query("delete from front_desk_events");
        await run();
        await run();
        expect(await flagged()).toEqual(["O-1", "O-1", "O-2"]);
        const events = await query<{ kind: string }>("select kind from front_desk_events order by kind");
        expect(events.map(({ kind }) => kind)).toEqual(["guest_link.orphaned", "task.orphaned", "task.orphaned"]);
        const audits = await query("select actor_type, details from audit_logs where action = 'bookings.compared'");
        expect(audits).toMatchObject([
          {
            actor_type: "system",
            details: { reception_tasks: { flagged: 2, cleared: 0 }, guest_links: { flagged: 1 } },
          },
        ]);
      });

      it("are no orphans any more when their booking is back", async () => {
        await coreOwner`update bookings set status = 'confirmed' where booking_id = 'O-1'`;
        await run();
        expect(await flagged()).toEqual(["O-2"]);
      });

      it("are not looked for while core is away, or has lost its columns", async () => {
        proxy.freeze();
        await expect(run()).rejects.toMatchObject({ store: "core" });
        await proxy.heal();
        await expect
          .poll(
            () =>
              run().then(
                () => "read",
                () => "away",
              ),
            { timeout: 5_000 },
          )
          .toBe("read");
        await coreOwner`alter table bookings rename column status to state`;
        await expect(run()).rejects.toMatchObject({ store: "core", reason: "schema_changed" });
        await coreOwner`alter table bookings rename column state to status`;
        expect(await flagged()).toEqual(["O-2"]);
        const [row] = await query<{ count: number }>("select count(*)::integer as count from reception_tasks");
        expect(row?.count).toBe(6);
      });
    });

    describe("what is old", () => {
      it("goes, but the newest event, and what keeps a notification from being told again", async () => {
        const run = () => deleteOld({ database: app }).run(turn());
        const insert = (position: number, days: number, kind = "task.created") =>
          query(
            `insert into front_desk_events (position, kind, property_id, entity, entity_id, created_at)
            values ($1::bigint, $2, 'x', 'task', $1::text, now() - make_interval(days => $3::integer))`,
            [position, kind, days],
          );
        const left = async () =>
          (await query<{ position: number }>("select position from front_desk_events order by 1")).map(
            (row) => row.position,
          );
        await query("delete from front_desk_events");
        for (const position of [1, 2, 3]) await insert(position, 9);
        await run();
        expect(await left()).toEqual([3]);
        await insert(4, 6);
        await insert(5, 8); // its transaction began earlier and ended later
        await run();
        expect(await left()).toEqual([4, 5]);

        await query("delete from front_desk_events");
        await insert(6, 11);
        await insert(7, 10, "notification.created");
        await insert(8, 9);
        await insert(9, 0);
        await query("update job_leases set seen_until = now() - interval '10 days' where job = 'notifications'");
        await run();
        expect(await left()).toEqual([7, 8, 9]);
        await query("update job_leases set seen_until = now() where job = 'notifications'");
        await run();
        expect(await left()).toEqual([9]);

        await query(
          "insert into webhook_events (id, kind, created_at) values ('old', 'k', now() - interval '31 days'), ('new', 'k', now())",
        );
        await run();
        expect(await query("select id from webhook_events")).toEqual([{ id: "new" }]);
      });
    });
  });
}
