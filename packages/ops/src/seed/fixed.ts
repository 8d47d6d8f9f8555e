import { createHash } from "node:crypto";
import { UUID } from "uuidv7";

/** Before the first seeded row; the newest listing is from the autumn of the same year. */
const start = Date.parse("2026-01-05T03:00:00Z");

/** The instant of the n-th seeded row. */
export const fixedInstant = (index: number, hoursApart = 29): string =>
  new Date(start + index * hoursApart * 3_600_000).toISOString();

/** The same id at every run: of the time at `instant`, with the rest drawn from the words. */
export function fixedId(instant: string, ...words: (string | number)[]): string {
  const bytes = createHash("sha256").update(words.join("/")).digest();
  const [a, high, low] = [bytes.readUInt16BE(0) & 0xfff, bytes.readUInt32BE(2) & 0x3fff_ffff, bytes.readUInt32BE(6)];
  return UUID.fromFieldsV7(Date.parse(instant), a, high, low).toString();
}

/** Choices that look drawn by lot and are the same at every run, as far as the words are. */
export function chooser(...words: (string | number)[]) {
  let count = 0;
  const lot = (below: number) =>
    createHash("sha256")
      .update([...words, count++].join("/"))
      .digest()
      .readUInt32BE(0) % below;

  const one = <T>(values: readonly T[]): T => values[lot(values.length)] as T;
  return {
    one,
    /** A whole number, both ends included. */
    between: (from: number, to: number) => from + lot(to - from + 1),
    chance: (percent: number) => lot(100) < percent,
    /** One of the keys, each as often as its number says. */
    weighted<T extends string>(weights: Partial<Record<T, number>>): T {
      return one(Object.entries<number | undefined>(weights).flatMap(([key, weight]) => Array(weight ?? 0).fill(key)));
    },
    /** Some of the values, in their own order. */
    some<T>(values: readonly T[], howMany: number): T[] {
      const left = values.map((_, index) => index);
      while (left.length > howMany) left.splice(lot(left.length), 1);
      return left.map((index) => values[index] as T);
    },
  };
}

export type Chooser = ReturnType<typeof chooser>;
