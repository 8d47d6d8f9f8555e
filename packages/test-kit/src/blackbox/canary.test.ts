import { startThrowawayPostgres } from "@whitelabel/ops";
import { GenericContainer, type StartedTestContainer } from "testcontainers";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { asSuperuser } from "../copy-database.ts";
import { makeStores } from "../make-stores.ts";
import { productsOfTheDay } from "../nightly.ts";
import { openStatementCheck } from "./canary/core-statements.ts";
import {
  type Driven,
  driveAtOnce,
  driveNamesIn,
  driveTexts,
  driveValid,
  type Inputs,
  prepare,
  textsAbout,
} from "./canary/drive.ts";
import { findCanaries, linesWith } from "./canary/find-canaries.ts";
import { allNames, namesElsewhere, namesOf, neverShown } from "./canary/guests.ts";
import { type Canary, openCanary } from "./canary/open-canary.ts";
import { serverLog } from "./canary/server-log.ts";

const log = serverLog();
let server: Awaited<ReturnType<typeof startThrowawayPostgres>>;
let stores: Awaited<ReturnType<typeof makeStores>>;
let redis: StartedTestContainer | undefined;

beforeAll(async () => {
  const starting = inject("docker").reachable
    ? new GenericContainer("redis:8-alpine")
        // The append-only file keeps every write that there ever was, in clear.
        .withCommand(["redis-server", "--appendonly", "yes", "--aof-use-rdb-preamble", "no"])
        .withExposedPorts(6379)
        .start()
    : undefined;
  server = await startThrowawayPostgres({ settings: log.settings, onLog: log.onLog });
  stores = await makeStores(server);
  redis = await starting;
}, 60_000);
afterAll(() => Promise.all([server?.stop(), redis?.stop({ timeout: 0 })]));

for (const product of productsOfTheDay(1))
  describe(`${product.id}: guests who are canaries`, () => {
    let inputs: Inputs;
    let canary: Canary;
    beforeAll(async () => {
      const redisUrl = redis && `redis://${redis.getHost()}:${redis.getMappedPort(6379)}/${product.redisDb}`;
      canary = await openCanary({ product, stores, log, ...(redisUrl && { redisUrl }) });
    });
    afterAll(() => canary?.close());

    it("are shown to those who may see them, on every route, and to nobody else", async () => {
      inputs = await prepare(canary);
      const driven = await driveValid(canary, inputs);
      const shown = driven.filter(({ answer }) => findCanaries(answer.text, allNames).length > 0);
      expect(new Set(shown.map(({ operation }) => operation.id)).size).toBeGreaterThanOrEqual(8);
      expectNoLeak(driven);
    }, 240_000);

    it("are taken up from nowhere that is not text: ids, questions, headers, unknown fields", async () => {
      expectNoLeak(await driveNamesIn(canary, inputs, namesOf(canary.world.branch)));
    }, 240_000);

    it("are kept from every text, or taken out", async () => {
      const [stay] = await canary.reader.listBookingRooms(canary.world.stay.booking_id);
      const driven = await driveTexts(
        canary,
        textsAbout({ first: reveal(stay?.first_name), last: reveal(stay?.last_name) }),
      );
      expect(new Set(driven.map(({ operation }) => operation.id)).size).toBeGreaterThanOrEqual(6);
      for (const one of driven) {
        // Only a guest's own message is stored without them; staff's is refused.
        if (one.as === "guest")
          expect([describeDriven(one), one.answer.status]).toEqual([expect.stringContaining("[redacted]"), 201]);
        else expect([describeDriven(one), one.answer.status]).toEqual([expect.stringContaining("pii_detected"), 422]);
      }
      expectNoLeak(driven);
    }, 240_000);

    it("do not come out with a fault of core or of the database, whose errors quote rows", async () => {
      for (const proxy of [canary.toCore, canary.toDatabase]) {
        proxy.freeze();
        expectNoLeak(await driveAtOnce(canary, inputs, "frozen"));
        await proxy.heal();
        const running = driveAtOnce(canary, inputs, "cut");
        proxy.cut();
        expectNoLeak(await running);
        await canary.api.readiness(200);
      }
      // The first makes the server quote a row in its error, the second takes a column away.
      for (const change of ["alter check_in type text using first_name", "rename status to state"]) {
        await asSuperuser(canary.core.ownerUrl, (sql) => sql.unsafe(`alter table bookings ${change}`));
        expectNoLeak(await driveAtOnce(canary, inputs, change));
      }
    }, 240_000);

    it("are nowhere afterwards: not in the database, its log, Redis, our output, metrics or traces", async () => {
      const places = await canary.leftBehind();
      if (redis) places.redis = (await redis.exec(["sh", "-c", "cat /data/appendonlydir/*"])).output;
      for (const [place, text] of Object.entries(places)) {
        expect([place, text.length > 100]).toEqual([place, true]);
        expect([place, linesWith(text, [...allNames, ...neverShown])]).toEqual([place, []]);
      }
      expect(places.database).toContain("guest_data.viewed");
    }, 60_000);

    it("were asked for by SELECTs of our columns, and by nothing else", async () => {
      const problemsOf = await openStatementCheck(canary.core.ownerUrl);
      const statements = [...new Set(canary.readerStatements())];
      expect(statements.filter((statement) => statement.includes("public.bookings")).length).toBeGreaterThan(3);
      for (const statement of statements) expect([statement, problemsOf(statement)]).toEqual([statement, []]);
    });

    function expectNoLeak(driven: readonly Driven[]) {
      expect(driven.length).toBeGreaterThan(20);
      expect(driven.filter(({ answer }) => answer.status === 500).map(describeDriven)).toEqual([]);
      expect(driven.flatMap(leaksIn)).toEqual([]);
    }

    /** What this answer shows, and must not. */
    function leaksIn(one: Driven): string[] {
      const { operation, as, answer } = one;
      const { otherBranch, branch, otherAgentToken } = canary.world;
      const never = findCanaries(answer.text, neverShown);
      const isStaff = as === "admin" || as === "agent" || (typeof as === "object" && as.token === otherAgentToken);
      const mayLook =
        answer.status < 300 && (operation.path.includes("/front-desk/") ? isStaff : operation.path.includes("/guest/"));
      const theirs =
        as === "admin" ? [branch, otherBranch] : as === "agent" || as === "guest" ? [branch] : [otherBranch];
      const others = findCanaries(answer.text, mayLook ? namesElsewhere(theirs) : allNames);
      // A problem names the path and the fields that this very caller has just sent.
      const echoed = answer.status >= 400 && one.what.startsWith("name in") ? findCanaries(one.sent, allNames) : [];
      const shown = [...never, ...others].filter((word) => !echoed.includes(word));
      return shown.map((word) => `${describeDriven(one)} shows ${word}`);
    }
  });

const reveal = (name: { reveal(): string } | undefined) => name?.reveal() ?? "";

function describeDriven({ operation, as, what, answer }: Driven): string {
  return `${operation.id} as ${typeof as === "object" ? "somebody else" : as}, ${what}: ${answer.status} ${answer.text.slice(0, 160)}`;
}
