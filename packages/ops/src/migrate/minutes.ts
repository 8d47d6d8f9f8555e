/** The date and time that a migration's name begins with, `20261121_0930`. */
export const minuteOf = (name: string): string => name.slice(0, 13);

export function minuteAt(time: Date): string {
  const [day = "", clock = ""] = time.toISOString().split("T");
  return `${day.replaceAll("-", "")}_${clock.slice(0, 5).replace(":", "")}`;
}

/** The instant of a minute, in UTC; undefined if the calendar has no such day or the day no such time. */
export function timeOf(minute: string): Date | undefined {
  const [, year, month, day, hour, min] = minute.match(/^(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)$/) ?? [];
  const time = new Date(`${year}-${month}-${day}T${hour}:${min}:00Z`);
  return !Number.isNaN(time.getTime()) && minuteAt(time) === minute ? time : undefined;
}

/** The first minute from `from` on that no migration of the folder has. */
export function freeMinute(folder: readonly { name: string }[], from: string): string {
  const taken = new Set(folder.map(({ name }) => minuteOf(name)));
  let time = timeOf(from)?.getTime() ?? Date.now();
  while (taken.has(minuteAt(new Date(time)))) time += 60_000;
  return minuteAt(new Date(time));
}
