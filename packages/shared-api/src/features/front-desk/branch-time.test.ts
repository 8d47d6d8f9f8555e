import { expect, it } from "vitest";
import { instantIn, nextInstantIn } from "./branch-time.ts";

it.each([
  ["Asia/Bangkok", "2026-11-21T14:30", "2026-11-21T07:30:00.000Z"],
  ["Asia/Bangkok", "2026-01-01T00:00:59", "2025-12-31T17:00:59.000Z"],
  ["Europe/Lisbon", "2026-07-01T00:30", "2026-06-30T23:30:00.000Z"],
  ["America/New_York", "2026-12-31T23:59", "2027-01-01T04:59:00.000Z"],
  ["UTC", "2999-12-31T23:59", "2999-12-31T23:59:00.000Z"],
  ["Asia/Kathmandu", "2026-05-05T05:45", "2026-05-05T00:00:00.000Z"],
])("in %s it is %s at %s", (zone, local, instant) => {
  expect(instantIn(zone, local)).toBe(instant);
});

it.each([
  ["Europe/Lisbon", "2026-10-25T01:30", "2026-10-25T00:30:00.000Z"], // and again at 01:30Z
  ["Europe/Lisbon", "2026-10-25T02:00", "2026-10-25T02:00:00.000Z"],
  ["America/New_York", "2026-11-01T01:00", "2026-11-01T05:00:00.000Z"],
  ["America/New_York", "2026-11-01T01:59:59", "2026-11-01T05:59:59.000Z"],
  ["Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00.000Z"], // half an hour comes twice
])("a time that %s has twice, %s, is its first", (zone, local, instant) => {
  expect(instantIn(zone, local)).toBe(instant);
});

it.each([
  ["Europe/Lisbon", "2026-03-29T01:30", "2026-03-29T01:30:00.000Z"], // 02:30 by the clock
  ["America/New_York", "2026-03-08T02:00", "2026-03-08T07:00:00.000Z"], // 03:00
  ["America/New_York", "2026-03-08T02:59", "2026-03-08T07:59:00.000Z"], // 03:59
  ["Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45:00.000Z"], // 02:45
])("a time that %s skips, %s, is later", (zone, local, instant) => {
  expect(instantIn(zone, local)).toBe(instant);
});

it.each([
  ["Asia/Bangkok", "12:00", "2026-11-21T04:59:59Z", "2026-11-21T05:00:00.000Z"],
  ["Asia/Bangkok", "12:00", "2026-11-21T05:00:00Z", "2026-11-22T05:00:00.000Z"],
  ["America/New_York", "00:30", "2026-11-21T04:00:00Z", "2026-11-21T05:30:00.000Z"], // still the 20th there
  ["Europe/Lisbon", "01:30", "2026-10-24T23:00:00Z", "2026-10-25T00:30:00.000Z"],
])("in %s it is next %s, after %s, at %s", (zone, time, now, instant) => {
  expect(nextInstantIn(zone, time, new Date(now))).toBe(instant);
});
