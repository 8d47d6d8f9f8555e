import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { tables } from "@whitelabel/shared-db";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { snapshotId } from "./snapshot-id.ts";

/** What drizzle-kit knows of a schema: the models after one migration, kept in `meta/<migration>.json`. */
export type Snapshot = ReturnType<typeof generateDrizzleJson>;

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

/** The statements that lead from one state to another, and back. None, if there is no difference. */
export async function difference(from: Snapshot, to: Snapshot): Promise<{ up: string[]; down: string[] }> {
  return { up: await generateMigration(from, to), down: await generateMigration(to, from) };
}
