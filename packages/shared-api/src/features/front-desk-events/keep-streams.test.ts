import { createAgent, productsOfTheDay, useApp } from "@whitelabel/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { CurrentUser } from "../../auth/current-user.ts";
import { findUsers } from "../../auth/queries.ts";
import { refused } from "../../auth/verify-token.ts";
import { openEventFeed } from "./event-feed.ts";
import { openEventSignal } from "./event-signal.ts";
import { keepStreams } from "./keep-streams.ts";
import { blocksOf } from "./testing/events.ts";

for (const product of productsOfTheDay(1)) {
  describe(`${product.id}: who keeps the streams`, () => {
    const kit = useApp(product);
    afterEach(() => vi.useRealTimers());

    function keeper(more: Partial<Parameters<typeof keepStreams>[0]> = {}) {
      const feed = openEventFeed({ database: kit.deps.database, signal: openEventSignal(kit.deps.redis) });
      return keepStreams({ ...kit.deps, feed, verifyToken: async () => "known", ...more });
    }

    async function listener() {
      const { clerk_user_id } = await createAgent(kit.database.db, product.development.corePropertyIds.slice(0, 1));
      const [user] = await findUsers(kit.deps.database, [clerk_user_id]);
      return {
        user: user as CurrentUser,
        token: "a token",
        property_id: undefined,
        from: undefined,
        outgoing: undefined,
      };
    }

    it("has a bound, and room again when somebody leaves", async () => {
      const { open } = keeper({ most: 2 });
      const one = await listener();
      const [first, second] = [open(one), open(one)];
      expect(() => open(one)).toThrow(expect.objectContaining({ code: "unavailable" }));
      await first.cancel();
      const third = open(one);
      await Promise.all([second.cancel(), third.cancel()]);
    });

    it("ends the one whose token is no longer good, and asks again where that cannot be known", async () => {
      vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] });
      for (const [verifyToken, expected] of [
        [() => Promise.reject(refused()), /come back/],
        [() => Promise.reject(new Error("the keys are away")), /heartbeat/],
      ] as const) {
        const { open } = keeper({ verifyToken });
        const blocks = blocksOf(new Response(open(await listener())));
        expect((await blocks.next()).value?.block).toContain("event: ready");
        vi.advanceTimersByTime(31_000);
        const said: string[] = [];
        await expect
          .poll(async () => {
            vi.advanceTimersByTime(1_000);
            said.push((await blocks.next()).value?.block ?? "ended");
            return said.at(-1);
          })
          .toMatch(expected);
        await blocks.return(undefined);
      }
    });
  });
}
