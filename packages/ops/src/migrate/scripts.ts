import { OpsError } from "../cli/ops-error.ts";
import { finishedMark, ledgerRow, startedMark, unfinishedMark, withoutRow } from "./ledger.ts";
import { expectLock } from "./lock.ts";
import type { Migration } from "./read-folder.ts";
import { type Beginning, piecesOf } from "./without-transaction.ts";

export type Timeouts = Readonly<{ lockTimeoutMs: number; statementTimeoutMs: number }>;

/** One way of one migration, up or down, with what it does to the ledger; run by `applyScript`, shown by `--plan`. */
export type Script = Readonly<{
  name: string;
  file: string;
  sql: string;
  noTransaction: boolean;
  /** All of it in one message, and so in one transaction. */
  whole(options: Timeouts & { version: string }): string;
  /** Outside a transaction: the mark that it began, its pieces, and the mark that it ended. */
  begin(version: string): string;
  pieces(beginning: Beginning): ReturnType<typeof piecesOf>;
  end(): string;
}>;

export function upOf(migration: Migration): Script {
  const { name, file, sql, header } = migration;
  return {
    name,
    file,
    sql,
    noTransaction: header.noTransaction,
    whole: (options) => preamble(options) + sql + ledgerRow(migration, options.version),
    begin: (version) => startedMark(migration, version),
    pieces: (beginning) => piecesOf(sql, beginning),
    end: () => finishedMark(migration),
  };
}

/** The reverse. One that ended in the middle leaves the migration half-applied; either way leads on from there. */
export function downOf(migration: Migration): Script {
  const { name, down, downHeader, header } = migration;
  const file = migration.file.replace(/\.sql$/, ".down.sql");
  if (header.irreversible !== undefined || down === undefined) {
    throw new OpsError(
      `${name} cannot be reversed: ${header.irreversible ?? "it has no reverse"}. Nothing was changed.`,
      "Write a new migration that leads on from here, or restore a backup.",
    );
  }
  return {
    name,
    file,
    sql: down,
    noTransaction: downHeader?.noTransaction ?? false,
    whole: (options) => preamble(options) + down + withoutRow(migration),
    begin: () => unfinishedMark(migration),
    // That it was begun before or not: an index that is gone is gone.
    pieces: () => piecesOf(down, "same"),
    end: () => withoutRow(migration),
  };
}

/** The head of every transaction: the lock is ours, and nothing waits for long. */
export const preamble = ({ lockTimeoutMs, statementTimeoutMs }: Timeouts): string => `${expectLock}
select set_config('lock_timeout', '${lockTimeoutMs}ms', true),
  set_config('statement_timeout', '${statementTimeoutMs}ms', true);
`;
