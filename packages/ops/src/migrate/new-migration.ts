import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tables } from "@whitelabel/shared-db";
import { OpsError } from "../cli/ops-error.ts";
import { freeMinute, minuteAt, minuteOf } from "./minutes.ts";
import { readFolder } from "./read-folder.ts";
import { type Doubt, doubtsBetween, type Rename, renamed } from "./renames.ts";
import { difference, readLastSnapshot, type Snapshot, takeSnapshot } from "./snapshot.ts";

export type NewMigration = Readonly<{
  folder: string;
  /** What happens, such as "create tasks". */
  title: string;
  /** For SQL by hand: an empty pair of files. */
  isEmpty?: boolean;
  /** Lines above the first statement, such as `-- breaking: <reason>`. */
  header?: readonly string[];
  renames?: readonly Rename[];
  /** Asked for what looks like a rename and is not among them; without it, that is refused. */
  decide?: ((doubt: Doubt) => Promise<readonly Rename[]>) | undefined;
  now?: Date;
  models?: Record<string, unknown>;
}>;

/** Writes the next migration, its reverse and its meta from the difference between the models and the folder. */
export async function newMigration(options: NewMigration) {
  const { folder, title, isEmpty, header = [], now = new Date(), models = tables } = options;
  const name = `${nextMinute(folder, now)}-${slug(title)}`;
  const last = readLastSnapshot(folder);
  const next = takeSnapshot(name, last, models);
  const renames = await settle(last, next, options);
  const { up, down } = await difference(last, next, renames);
  if (up.length === 0 && !isEmpty) {
    throw new OpsError(
      "The models are what the migrations lead to; there is nothing to write.",
      "Change packages/shared-db/src/models, or give --empty for SQL by hand.",
    );
  }
  const between = renamed(last, renames);
  const files = {
    [`${name}.sql`]: `${header.map((line) => `${line}\n`).join("")}${toSql([...up, ...triggers(between, next)])}`,
    [`${name}.down.sql`]: toSql([...down, ...triggers(next, between)]),
    [`meta/${name}.json`]: `${JSON.stringify(next, null, 2)}\n`,
  };
  mkdirSync(path.join(folder, "meta"), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text, { flag: "wx" });
  return { name, files: Object.keys(files).map((file) => path.join(folder, file)) };
}

/** All renames, those that were given and those that come out of doubts. */
async function settle(last: Snapshot, next: Snapshot, { renames = [], decide = refuse }: NewMigration) {
  const all = [...renames];
  for (const doubt of doubtsBetween(renamed(last, all), next)) all.push(...(await decide(doubt)));
  return all;
}

async function refuse({ table, gone, fresh }: Doubt): Promise<never> {
  const where = table === undefined ? "" : `${table}.`;
  const are = (names: readonly string[]) =>
    `${names.map((name) => where + name).join(", ")} ${names.length > 1 ? "are" : "is"}`;
  throw new OpsError(
    `${are(gone)} gone and ${are(fresh)} new: a rename, or one is dropped with its data and the other made? ` +
      "Nothing was written.",
    `Give --rename ${where}${gone[0]}:${fresh[0]} if it is one, or --no-rename if nothing is.`,
  );
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

/** Always after the newest, so that the order of names is the order of the states. */
function nextMinute(folder: string, now: Date): string {
  const migrations = readFolder(folder);
  const newest = minuteOf(migrations.at(-1)?.name ?? "");
  const latest = [newest, minuteAt(now)].sort().at(-1) as string;
  return freeMinute(migrations, latest);
}

function slug(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g);
  if (!words) throw new OpsError("A migration's name says what happens, such as create_tasks.");
  return words.join("_");
}

const toSql = (statements: readonly string[]) =>
  `${statements.map((statement) => statement.trim().replaceAll("\t", "  ")).join("\n\n")}\n`;
