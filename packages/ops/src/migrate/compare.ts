import { OpsError } from "../cli/ops-error.ts";
import type { Applied } from "./ledger.ts";
import { freeMinute, minuteOf } from "./minutes.ts";
import type { Migration } from "./read-folder.ts";

export type Comparison = Readonly<{
  pending: readonly Migration[];
  /** What is applied but was changed in the folder, or is gone from it; a sentence each. */
  problems: readonly string[];
  warnings: readonly string[];
}>;

/** What a database lacks of a folder. The set difference decides and never a date, so that nothing is skipped. */
export function compare(folder: readonly Migration[], ledger: readonly Applied[]): Comparison {
  const known = new Map(folder.map((migration) => [migration.name, migration]));
  const finished = ledger.filter(({ applied_at }) => applied_at !== null);
  const begun = new Map(ledger.filter(({ applied_at }) => applied_at === null).map((row) => [row.name, row]));
  const applied = new Set(finished.map(({ name }) => name));
  const pending = folder.filter(({ name }) => !applied.has(name));
  const newest = finished.at(-1)?.name ?? "";

  return {
    pending,
    problems: [
      ...ledger.flatMap(({ name, sha256, applied_at }) => {
        const file = known.get(name);
        if (!file) return [`missing: ${name} was applied here and is not in the folder`];
        if (file.sha256 === sha256 || applied_at === null) return [];
        return [`edited: ${name} was applied as sha256 ${sha256} and is now ${file.sha256}`];
      }),
      ...sameMinute(folder, pending),
    ],
    warnings: pending.flatMap(({ name }) => {
      const half = begun.get(name);
      if (half) return [`${name} was begun at ${half.started_at} and not finished; it goes on`];
      return name < newest ? [`${name} is older than ${newest}, which is applied; applied after it`] : [];
    }),
  };
}

/** Two of one minute have an order only by their titles, which nobody meant. What is applied stays as it is. */
function sameMinute(folder: readonly Migration[], pending: readonly Migration[]): string[] {
  return folder.flatMap((migration, index) => {
    const before = folder[index - 1];
    if (!before || minuteOf(before.name) !== minuteOf(migration.name)) return [];
    const movable = [migration, before].find((either) => pending.includes(either));
    if (!movable) return [];
    const free = freeMinute(folder, minuteOf(movable.name));
    return [`misdated: ${before.name} and ${migration.name} are of one minute; date ${movable.name} ${free}`];
  });
}

/** Refuses a folder that holds another product's migration. */
export function expectRunnable(productId: string, folder: readonly Migration[]): void {
  for (const { file, header } of folder) {
    if (header.productOnly && header.productOnly.product !== productId) {
      throw new OpsError(
        `${file} says that it is for ${header.productOnly.product} only; nothing was changed.`,
        `Remove it from the folder of ${productId}.`,
      );
    }
  }
}
