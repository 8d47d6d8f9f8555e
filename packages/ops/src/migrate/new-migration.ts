import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tables } from "@whitelabel/shared-db";
import { OpsError } from "../cli/ops-error.ts";
import { readFolder } from "./read-folder.ts";
import { difference, readLastSnapshot, type Snapshot, takeSnapshot } from "./snapshot.ts";

export type NewMigration = Readonly<{
  folder: string;
  /** What happens, such as "create tasks". */
  title: string;
  /** For SQL by hand: an empty pair of files. */
  isEmpty?: boolean;
  now?: Date;
  models?: Record<string, unknown>;
}>;

/** Writes the next migration, its reverse and its meta from the difference between the models and the folder. */
export async function newMigration({ folder, title, isEmpty, now = new Date(), models = tables }: NewMigration) {
  const name = `${freeMinute(folder, now)}-${slug(title)}`;
  const last = readLastSnapshot(folder);
  const next = takeSnapshot(name, last, models);
  const { up, down } = await difference(last, next);
  if (up.length === 0 && !isEmpty) {
    throw new OpsError(
      "The models are what the migrations lead to; there is nothing to write.",
      "Change packages/shared-db/src/models, or give --empty for SQL by hand.",
    );
  }
  const files = {
    [`${name}.sql`]: toSql([...up, ...triggers(last, next)]),
    // Without CASCADE: what a later migration hung on a table is not dropped in silence.
    [`${name}.down.sql`]: toSql(down.toReversed().map((statement) => statement.replace(/ CASCADE;$/i, ";"))),
    [`meta/${name}.json`]: `${JSON.stringify(next, null, 2)}\n`,
  };
  mkdirSync(path.join(folder, "meta"), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text, { flag: "wx" });
  return { name, files: Object.keys(files).map((file) => path.join(folder, file)) };
}

/** Rows that change keep `updated_at` and `version` by a trigger, which drizzle-kit knows nothing of. */
function triggers(last: Snapshot, next: Snapshot): string[] {
  return Object.entries(next.tables as Record<string, { name: string; columns: object }>)
    .filter(([key, { columns }]) => !(key in last.tables) && "version" in columns)
    .map(
      ([, { name }]) =>
        `CREATE TRIGGER "touch_row" BEFORE UPDATE ON "${name}" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();`,
    );
}

/** UTC, to the minute; always after the newest one, so that the order of names is the order of the states. */
function freeMinute(folder: string, now: Date): string {
  const newest = readFolder(folder).at(-1)?.name ?? "";
  for (let time = now.getTime(); ; time += 60_000) {
    const [day = "", clock = ""] = new Date(time).toISOString().split("T");
    const stamp = `${day.replaceAll("-", "")}_${clock.slice(0, 5).replace(":", "")}`;
    if (stamp > newest.slice(0, stamp.length)) return stamp;
  }
}

function slug(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g);
  if (!words) throw new OpsError("A migration's name says what happens, such as create_tasks.");
  return words.join("_");
}

const toSql = (statements: readonly string[]) =>
  `${statements.map((statement) => statement.trim().replaceAll("\t", "  ")).join("\n\n")}\n`;
