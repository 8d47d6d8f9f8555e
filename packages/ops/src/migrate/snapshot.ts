import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { tables } from "@whitelabel/shared-db";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { doubtsBetween, inOrder, type Rename, renamed, renameSql, tablesOf } from "./renames.ts";
import { type Snapshot, snapshotId } from "./snapshot-id.ts";

export type { Snapshot } from "./snapshot-id.ts";

const nothing = "00000000-0000-0000-0000-000000000000";

/** The models as they are now, as the state after the migration `name`. The same models give the same bytes. */
export function takeSnapshot(name: string, previous: Snapshot, models: Record<string, unknown> = tables): Snapshot {
  return { ...generateDrizzleJson(models, previous.id), id: snapshotId(name) };
}

/** The state that a folder's migrations lead to; of an empty folder, the empty one. */
export function readLastSnapshot(folder: string): Snapshot {
  const meta = path.join(folder, "meta");
  const newest = existsSync(meta) ? readdirSync(meta).sort().at(-1) : undefined;
  if (newest === undefined) return { ...generateDrizzleJson({}, nothing), id: nothing };
  return JSON.parse(readFileSync(path.join(meta, newest), "utf8")) as Snapshot;
}

/**
 * The statements that lead from one state to another, and back. None, if there is no difference. What is gone and not
 * among the renames is dropped, and what is new is made; drizzle-kit's own questions are never asked.
 */
export async function difference(
  from: Snapshot,
  to: Snapshot,
  renames: readonly Rename[] = [],
): Promise<{ up: string[]; down: string[] }> {
  const between = renamed(from, renames);
  const forth = inOrder(renames);
  const back = forth.toReversed().map((rename) => ({ ...rename, from: rename.to, to: rename.from }));
  return {
    up: [...forth.map(renameSql), ...(await statements(between, to))],
    down: [...(await statements(to, between)), ...back.map(renameSql)],
  };
}

/** Where drizzle-kit would ask whether it is a rename: first only what is new, and then what is gone. */
async function statements(from: Snapshot, to: Snapshot): Promise<string[]> {
  if (doubtsBetween(from, to).length === 0) return inDropOrder(from, await generateMigration(from, to));
  const both = structuredClone(from);
  for (const [key, table] of Object.entries(tablesOf(to))) {
    const known = tablesOf(both)[key];
    if (known) known.columns = { ...table.columns, ...known.columns };
    else tablesOf(both)[key] = table;
  }
  return inDropOrder(from, [...(await generateMigration(from, both)), ...(await generateMigration(both, to))]);
}

/** Tables go last, each before those it refers to, and without CASCADE: what else hangs on one is a reason to stop. */
function inDropOrder(from: Snapshot, all: readonly string[]): string[] {
  const isDrop = (statement: string) => /^DROP TABLE /i.test(statement);
  const left = new Map(
    all.filter(isDrop).map((statement) => [statement.match(/"([^"]+)"(?: CASCADE)?;$/i)?.[1] ?? "", statement]),
  );
  const dropped: string[] = [];
  while (left.size > 0) {
    const names = [...left.keys()];
    const isReferred = (name: string) =>
      names.some((other) => other !== name && foreignTables(from, other).includes(name));
    // In a circle none is free; the first goes, and the server says no.
    const next = names.find((name) => !isReferred(name)) ?? (names[0] as string);
    dropped.push((left.get(next) as string).replace(/ CASCADE;$/i, ";"));
    left.delete(next);
  }
  return [...all.filter((statement) => !isDrop(statement)), ...dropped];
}

const foreignTables = (snapshot: Snapshot, name: string): string[] =>
  Object.values(tablesOf(snapshot)[`public.${name}`]?.foreignKeys ?? {}).map(({ tableTo }) => tableTo);
