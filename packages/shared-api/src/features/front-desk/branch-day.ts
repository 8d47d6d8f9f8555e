/** The zone to count a branch's days in: its own, or UTC if core's text names none, which the answer then says. */
export function zoneOf(timeZone: string): string {
  try {
    return Temporal.Now.zonedDateTimeISO(timeZone).timeZoneId;
  } catch {
    return "UTC";
  }
}

/** The day it is in a zone, `YYYY-MM-DD`: a receptionist's today, whatever the server's clock is set to. */
export function todayIn(timeZone: string, now = Temporal.Now.instant()): string {
  return now.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
