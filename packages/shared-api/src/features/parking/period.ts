import { z } from "@hono/zod-openapi";

/** A year and a day: whoever wants a space for longer has mistyped. */
const LONGEST_MS = 366 * 86_400_000;
const years = [1970, 9999] as const;

/** From its first instant to the one that is no longer part of it, so that one period may begin where another ends. */
export type Period = Readonly<{ from: string; to: string }>;

/** An instant that a client sends, with any offset. In UTC and to the millisecond, cut off, so that ends still meet. */
export const sentInstant = () =>
  z.iso
    .datetime({ offset: true })
    .max(40)
    .refine((text) => isWithinYears(Date.parse(text)), `An instant of the years ${years.join(" to ")}`)
    .transform((text) => new Date(text).toISOString())
    .openapi({ type: "string", format: "date-time", example: "2026-11-21T14:00:00+07:00" });

function isWithinYears(at: number): boolean {
  if (Number.isNaN(at)) return false;
  const year = new Date(at).getUTCFullYear();
  return year >= years[0] && year <= years[1];
}

/** What is wrong with a period, in the words of an answer. */
export function faultOf({ from, to }: Period): string | undefined {
  const length = Date.parse(to) - Date.parse(from);
  if (length <= 0) return "Must be later than `from`";
  return length > LONGEST_MS ? "A period is a year at most" : undefined;
}

/** Checks `from` and `to` of an object, whatever else it has. */
export function checkPeriod({
  value,
  issues,
}: z.core.ParsePayload<{ from?: string | undefined; to?: string | undefined }>): void {
  const { from, to } = value;
  // Called for input whose fields are not valid, too.
  if (typeof from !== "string" || typeof to !== "string") return;
  const message = faultOf({ from, to });
  if (message) issues.push({ code: "custom", path: ["to"], message, input: to });
}

export const sentPeriod = () =>
  z
    .strictObject({ from: sentInstant(), to: sentInstant() })
    .check(checkPeriod)
    .openapi({ example: { from: "2026-11-21T14:00:00+07:00", to: "2026-11-24T12:00:00+07:00" } });
