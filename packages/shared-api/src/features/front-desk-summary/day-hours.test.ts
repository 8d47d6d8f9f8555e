import { expect, it } from "vitest";
import { addDays, hoursOfDay } from "./day-hours.ts";

it.each([
  ["Asia/Bangkok", "2026-11-21", 24, "2026-11-20T17:00:00.000Z"],
  ["Europe/Lisbon", "2026-03-28", 24, "2026-03-28T00:00:00.000Z"],
  ["Europe/Lisbon", "2026-03-29", 23, "2026-03-29T00:00:00.000Z"], // 01:00 becomes 02:00
  ["Europe/Lisbon", "2026-03-30", 24, "2026-03-29T23:00:00.000Z"],
  ["Europe/Lisbon", "2026-10-25", 25, "2026-10-24T23:00:00.000Z"], // 02:00 becomes 01:00
  ["America/New_York", "2026-03-08", 23, "2026-03-08T05:00:00.000Z"],
  ["America/New_York", "2026-11-01", 25, "2026-11-01T04:00:00.000Z"],
  ["America/Santiago", "2026-09-06", 23, "2026-09-06T04:00:00.000Z"], // midnight itself is skipped
  ["Australia/Lord_Howe", "2026-10-04", 24, "2026-10-03T13:30:00.000Z"], // 23.5 hours
  ["Pacific/Apia", "2026-11-21", 24, "2026-11-20T11:00:00.000Z"],
])("a day in %s, %s, has %i hours and begins at %s", (zone, date, hours, from) => {
  const day = hoursOfDay(zone, date);
  expect([day.starts.length, day.from, day.starts[0]]).toEqual([hours, from, from]);
  expect(hoursOfDay(zone, addDays(date, 1)).from).toBe(day.to);
});
