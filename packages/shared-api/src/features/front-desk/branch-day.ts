/** The zone to count a branch's days in: its own, or UTC if core's text names none, which the answer then says. */
export function zoneOf(timeZone: string): string {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    zone = resolveZone(timeZone);
    if (zones.size < MAX_ZONES) zones.set(timeZone, zone);
  }
  return zone;
}

/** To ask Intl costs a tenth of a board; core has a few zones, and whatever else its texts say must not fill memory. */
const zones = new Map<string, string>();
const MAX_ZONES = 1_000;

function resolveZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return "UTC";
    throw error;
  }
}

/** The day it is in a zone, `YYYY-MM-DD`: a receptionist's today, whatever the server's clock is set to. */
export function todayIn(timeZone: string, now = new Date()): string {
  const format = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}
