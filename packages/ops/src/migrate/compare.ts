import { OpsError } from "../cli/ops-error.ts";
import type { Applied } from "./ledger.ts";
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
  const applied = new Set(ledger.map(({ name }) => name));
  const pending = folder.filter(({ name }) => !applied.has(name));
  const newest = ledger.at(-1)?.name ?? "";

  return {
    pending,
    problems: ledger.flatMap(({ name, sha256 }) => {
      const file = known.get(name);
      if (!file) return [`missing: ${name} was applied here and is not in the folder`];
      if (file.sha256 === sha256) return [];
      return [`edited: ${name} was applied as sha256 ${sha256} and is now ${file.sha256}`];
    }),
    warnings: pending
      .filter(({ name }) => name < newest)
      .map(({ name }) => `${name} is older than ${newest}, which is applied; applied after it`),
  };
}

/** Refuses a folder that holds another product's migration, or one that this runner cannot run. */
export function expectRunnable(productId: string, folder: readonly Migration[]): void {
  for (const { file, header } of folder) {
    if (header.productOnly && header.productOnly.product !== productId) {
      throw new OpsError(
        `${file} says that it is for ${header.productOnly.product} only; nothing was changed.`,
        `Remove it from the folder of ${productId}.`,
      );
    }
    if (header.noTransaction) {
      throw new OpsError(`${file} asks to run outside a transaction, which the runner does not do yet.`);
    }
  }
}
