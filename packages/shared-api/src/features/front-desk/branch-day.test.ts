import { expect, it } from "vitest";
import { todayIn, zoneOf } from "./branch-day.ts";

it.each([
  ["2026-11-20T16:59:59Z", "Asia/Bangkok", "2026-11-20"],
  ["2026-11-20T17:00:00Z", "Asia/Bangkok", "2026-11-21"],
  ["2026-11-21T04:59:59Z", "America/New_York", "2026-11-20"],
  ["2026-11-21T05:00:00Z", "America/New_York", "2026-11-21"],
  ["2026-10-24T22:59:59Z", "Europe/Lisbon", "2026-10-24"], // summer time, an hour ahead of UTC
  ["2026-10-24T23:00:00Z", "Europe/Lisbon", "2026-10-25"],
  ["2026-10-26T23:59:59Z", "Europe/Lisbon", "2026-10-26"], // and winter time
])("at %s it is in %s the day %s", (now, zone, day) => {
  expect(todayIn(zone, new Date(now))).toBe(day);
});

it("a text that names no zone counts as UTC", () => {
  expect(zoneOf("Asia/Bangkok")).toBe("Asia/Bangkok");
  expect(zoneOf("Middle-earth/Shire")).toBe("UTC");
  expect(zoneOf("")).toBe("UTC");
});
