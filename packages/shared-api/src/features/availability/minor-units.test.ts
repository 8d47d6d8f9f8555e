import { expect, it } from "vitest";
import { toMinorUnits } from "./minor-units.ts";

it.each([
  ["1234.50", "THB", 123_450],
  ["1234", "THB", 123_400],
  ["0.29", "EUR", 29], // 28.999999999999996 as a float
  ["1.005", "USD", 101],
  ["1.0049999", "USD", 100],
  ["99.995", "USD", 10_000],
  ["12000", "JPY", 12_000],
  ["12000.00", "JPY", 12_000],
  ["11999.5", "JPY", 12_000],
  ["1.2345", "KWD", 1_235],
  ["1.2", "BHD", 1_200],
  ["0", "EUR", 0],
  ["90071992547409.91", "EUR", Number.MAX_SAFE_INTEGER],
  ["90071992547409.92", "EUR", undefined],
  ["-1", "EUR", undefined],
  ["NaN", "EUR", undefined],
  ["Infinity", "EUR", undefined],
  ["1e3", "EUR", undefined],
  ["", "EUR", undefined],
  ["1", "euro", undefined],
  ["1", "", undefined],
])("%s %s are %s", (amount, currency, minor) => {
  expect(toMinorUnits(amount, currency)).toBe(minor);
});
