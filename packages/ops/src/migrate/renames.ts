import { OpsError } from "../cli/ops-error.ts";
import type { Snapshot } from "./snapshot-id.ts";

/** A table that has another name now, or with `table` (its name before) a column of it. */
export type Rename = Readonly<{ table?: string | undefined; from: string; to: string }>;

/** Something is gone and something of the same kind is new: either a rename, or one is dropped with its data. */
export type Doubt = Readonly<{ table?: string; gone: readonly string[]; fresh: readonly string[] }>;

type Column = { name: string };
type Table = {
  name: string;
  columns: Record<string, Column>;
  indexes: Record<string, { columns: { expression: string; isExpression: boolean }[]; where?: string }>;
  foreignKeys: Record<string, { tableFrom: string; tableTo: string; columnsFrom: string[]; columnsTo: string[] }>;
  compositePrimaryKeys: Record<string, { columns: string[] }>;
  uniqueConstraints: Record<string, { columns: string[] }>;
  checkConstraints: Record<string, { value: string }>;
};

export const tablesOf = (snapshot: Snapshot) => snapshot.tables as unknown as Record<string, Table>;

/** What cannot be told from the two states alone. */
export function doubtsBetween(from: Snapshot, to: Snapshot): Doubt[] {
  const [before, after] = [tablesOf(from), tablesOf(to)];
  const compare = (one: object, other: object) => Object.keys(one).filter((key) => !(key in other));
  const names = (keys: string[], tables: Record<string, { name: string }>) =>
    keys.map((key) => tables[key]?.name ?? key);
  const doubts: Doubt[] = [
    { gone: names(compare(before, after), before), fresh: names(compare(after, before), after) },
    ...Object.entries(before).flatMap(([key, table]) => {
      const other = after[key];
      if (!other) return [];
      const gone = compare(table.columns, other.columns);
      return [{ table: table.name, gone, fresh: compare(other.columns, table.columns) }];
    }),
  ];
  return doubts.filter(({ gone, fresh }) => gone.length > 0 && fresh.length > 0);
}

/** `users.nickname:display_name` is a column, `guests:visitors` a table. */
export function readRename(text: string): Rename {
  const [, table, from, to] = text.match(/^(?:(\w+)\.)?(\w+):(\w+)$/) ?? [];
  if (from && to) return { table, from, to };
  throw new OpsError(`"${text}" is no rename.`, "Write table.old_column:new_column, or old_table:new_table.");
}

export const renameSql = ({ table, from, to }: Rename): string =>
  table === undefined
    ? `ALTER TABLE "${from}" RENAME TO "${to}";`
    : `ALTER TABLE "${table}" RENAME COLUMN "${from}" TO "${to}";`;

/** Columns first, while their tables have their old names. */
export const inOrder = (renames: readonly Rename[]): Rename[] =>
  [...renames].sort((a, b) => Number(a.table === undefined) - Number(b.table === undefined));

/** The state after the renames alone, as the server makes it: keys, indexes and checks follow the name. */
export function renamed(snapshot: Snapshot, renames: readonly Rename[]): Snapshot {
  const copy = structuredClone(snapshot);
  const tables = tablesOf(copy);
  for (const rename of inOrder(renames)) {
    if (rename.table === undefined) renameTable(tables, rename.from, rename.to);
    else renameColumn(tables, rename.table, rename.from, rename.to);
  }
  return copy;
}

function renameTable(tables: Record<string, Table>, from: string, to: string): void {
  const table = tables[`public.${from}`];
  if (!table || tables[`public.${to}`]) throw impossible(from, to);
  delete tables[`public.${from}`];
  tables[`public.${to}`] = { ...table, name: to };
  for (const key of Object.values(tables).flatMap(({ foreignKeys }) => Object.values(foreignKeys))) {
    if (key.tableFrom === from) key.tableFrom = to;
    if (key.tableTo === from) key.tableTo = to;
  }
}

function renameColumn(tables: Record<string, Table>, name: string, from: string, to: string): void {
  const table = tables[`public.${name}`];
  const column = table?.columns[from];
  if (!table || !column || table.columns[to]) throw impossible(`${name}.${from}`, `${name}.${to}`);
  table.columns = Object.fromEntries(
    Object.entries(table.columns).map(([key, value]) => (key === from ? [to, { ...column, name: to }] : [key, value])),
  );
  const swap = (column: string) => (column === from ? to : column);
  const swapWord = (text: string) => text.replace(new RegExp(`\\b${from}\\b`, "g"), to);
  for (const keys of [table.compositePrimaryKeys, table.uniqueConstraints])
    for (const key of Object.values(keys)) key.columns = key.columns.map(swap);
  for (const check of Object.values(table.checkConstraints)) check.value = swapWord(check.value);
  for (const index of Object.values(table.indexes)) {
    for (const part of index.columns)
      part.expression = part.isExpression ? swapWord(part.expression) : swap(part.expression);
    if (index.where) index.where = swapWord(index.where);
  }
  for (const key of Object.values(tables).flatMap(({ foreignKeys }) => Object.values(foreignKeys))) {
    if (key.tableFrom === name) key.columnsFrom = key.columnsFrom.map(swap);
    if (key.tableTo === name) key.columnsTo = key.columnsTo.map(swap);
  }
}

const impossible = (from: string, to: string) =>
  new OpsError(`${from} cannot become ${to}: the first must be there before, and the second must not.`);
