import { describe, expect, it } from "vitest";
import { type Account, applyEvent } from "./apply-event.ts";
import type { ClerkEvent } from "./clerk-event.ts";

const admins = ["ada@example.test"];
const nobody: Account = {
  email: null,
  role: "user",
  is_active: true,
  clerk_updated_at: null,
  was_promoted: false,
  is_deleted: false,
};
const seen = (updated_at: number, email: string | null = null): ClerkEvent => ({
  kind: "seen",
  clerk_user_id: "user_1",
  updated_at,
  email,
});
const deleted: ClerkEvent = { kind: "deleted", clerk_user_id: "user_1" };
const after = (...events: ClerkEvent[]) =>
  events.reduce((account, event) => applyEvent(account, event, admins), nobody);

/** Numbers below `below`, the same ones in every run. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("events of an account", () => {
  it("count by Clerk's time, not by the order in which they come", () => {
    expect(after(seen(2, "new@x.test"), seen(1, "old@x.test")).email).toBe("new@x.test");
    expect(after(seen(1, "old@x.test"), seen(2, null)).email).toBeNull();
  });

  it("make admin whom they prove to be one, once and in any case of letters", () => {
    expect(after(seen(1, "ADA@Example.test"))).toMatchObject({ role: "admin", was_promoted: true });
    const demoted: Account = { ...after(seen(1, "ada@example.test")), role: "user" };
    expect(applyEvent(demoted, seen(2, "ada@example.test"), admins).role).toBe("user");
    expect(after(seen(2, "grace@example.test"), seen(1, "ada@example.test"))).toMatchObject({
      role: "admin",
      email: "grace@example.test",
    });
  });

  it("do not bring back what was deleted", () => {
    const tombstone = after(deleted);
    expect(tombstone).toMatchObject({ is_deleted: true, is_active: false, email: null, role: "user" });
    expect(after(seen(1, "ada@example.test"), deleted)).toEqual(tombstone);
    expect(after(deleted, seen(9, "ada@example.test"))).toEqual(tombstone);
  });

  it("end in the same state in 10,000 random orders, with any of them repeated", () => {
    const roll = dice(20_261_121);
    const emails = [null, "ada@example.test", "grace@example.test", "Ada@example.test", "z@example.test"];
    for (let round = 0; round < 10_000; round += 1) {
      // Few different times, so that many are equal.
      const events = Array.from({ length: 2 + roll(7) }, () => seen(roll(4), emails[roll(emails.length)]));
      if (roll(4) === 0) events.push(deleted);
      const shuffled = [...events, ...events.filter(() => roll(2) === 0)]
        .map((event) => ({ event, place: roll(1_000_000) }))
        .sort((a, b) => a.place - b.place)
        .map(({ event }) => event);
      expect(after(...shuffled)).toEqual(after(...events));
    }
  });
});
