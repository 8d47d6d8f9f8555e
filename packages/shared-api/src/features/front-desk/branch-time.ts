const DAY_MS = 86_400_000;

/**
 * The instant at which a zone's clocks show a local time, `2026-11-21T14:30`, as RFC 3339 in UTC. A time that comes
 * twice when clocks go back is its first; one that is skipped when they go forward is as much later as was skipped.
 * Both as Temporal and RFC 5545 decide.
 */
export function instantIn(timeZone: string, local: string): string {
  const wall = Date.parse(`${local}Z`);
  // A zone's offset changes once in two days at most, so these are the two that can apply.
  const [before, after] = [offsetOf(timeZone, wall - DAY_MS), offsetOf(timeZone, wall + DAY_MS)];
  const shown = [wall - before, wall - after].filter((at) => at + offsetOf(timeZone, at) === wall);
  return new Date(shown.length > 0 ? Math.min(...shown) : wall - before).toISOString();
}

/** The next instant at which a zone's clocks show a time of day, `14:30`. */
export function nextInstantIn(timeZone: string, time: string, now = new Date()): string {
  for (let day = 0; ; day += 1) {
    const local = new Date(now.getTime() + offsetOf(timeZone, now.getTime()) + day * DAY_MS).toISOString();
    const instant = instantIn(timeZone, `${local.slice(0, 10)}T${time}`);
    if (Date.parse(instant) > now.getTime()) return instant;
  }
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetOf(timeZone: string, at: number): number {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  const wall = Date.parse(`${year?.padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return wall - Math.floor(at / 1_000) * 1_000;
}

/** Making one costs more than all that is asked of it; a core has few zones. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const digits = "2-digit";
  const clock = new Intl.DateTimeFormat("en", {
    ...{ timeZone, calendar: "gregory", hourCycle: "h23", year: "numeric" },
    ...{ month: digits, day: digits, hour: digits, minute: digits, second: digits },
  });
  clocks.set(timeZone, clock);
  return clock;
}
const clocks = new Map<string, Intl.DateTimeFormat>();
