import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { tables } from "@whitelabel/shared-db";
import { shown } from "../dev/workspace.ts";
import { minuteOf } from "../migrate/minutes.ts";
import type { Migration } from "../migrate/read-folder.ts";
import { readLastSnapshot, type Snapshot, takeSnapshot } from "../migrate/snapshot.ts";
import type { Finding } from "./finding.ts";

type Folder = Readonly<{ id: string; folder: string; migrations: readonly Migration[] }>;

/** A snapshot for each migration, and none for what is not there. */
export function checkMeta({ id, folder, migrations }: Folder): Finding[] {
  const meta = path.join(folder, "meta");
  const files = existsSync(meta) ? readdirSync(meta).sort() : [];
  const wanted = new Set(migrations.map(({ name }) => `${name}.json`));
  const dangling = files
    .filter((file) => !wanted.has(file))
    .map((file) => ({
      ...at(id, path.join(meta, file)),
      rule: "dangling-meta",
      message:
        "It is the state after a migration that is not in the folder, and the next difference would start from it.",
      next: `Remove it, or put ${file.replace(".json", ".sql")} back.`,
    }));
  const lacking = migrations
    .filter(({ name }) => !files.includes(`${name}.json`))
    .map(({ name, file }) => ({
      ...at(id, file),
      rule: "no-meta",
      message: "It has no meta, so the models' state after it is unknown.",
      next: `If it changes no model: \`pnpm migration:new ${name.slice(14)} --empty\` writes one with it; move the SQL there.`,
    }));
  const twins = migrations.flatMap(({ name, file }, index) => {
    const before = migrations[index - 1];
    if (!before || minuteOf(before.name) !== minuteOf(name)) return [];
    return {
      ...at(id, file),
      rule: "misdated",
      message: `${before.name} is of the same minute, and nobody meant the order of their titles.`,
      next: "Give the one that is not applied anywhere the next free minute: the .sql, the .down.sql and the meta.",
    };
  });
  return [...dangling, ...lacking, ...twins];
}

/** The models are what the migrations lead to. Compared as data: a difference as SQL may need a person to ask. */
export function checkModels(
  { id, folder }: Pick<Folder, "id" | "folder">,
  models: Record<string, unknown> = tables,
  next = "`pnpm migration:new <what_happens>` writes the migration.",
): Finding[] {
  const last = readLastSnapshot(folder);
  const now = takeSnapshot("now", last, models);
  const paths = differingPaths(content(last), content(now));
  if (paths.length === 0) return [];
  return [
    {
      ...at(id, "packages/shared-db/src/models"),
      rule: "models",
      message: `The models are not what the migrations of ${id} lead to: ${paths.join(", ")}.`,
      next,
    },
  ];
}

const at = (product: string, file: string) => ({ product, file: path.isAbsolute(file) ? shown(file) : file, line: 1 });

const content = ({
  tables,
  enums,
  schemas,
  sequences,
  views,
  policies,
  roles,
}: Snapshot & Record<string, unknown>) => ({
  tables,
  enums,
  schemas,
  sequences,
  views,
  policies,
  roles,
});

/** What differs, as far down as tables and their columns, keys and indexes: `users.columns.nickname`. */
function differingPaths(one: unknown, other: unknown, at: readonly string[] = []): string[] {
  if (canonical(one) === canonical(other)) return [];
  if (at.length >= 4 || !isObject(one) || !isObject(other))
    return [
      at
        .slice(1)
        .join(".")
        .replace(/^public\./, ""),
    ];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    differingPaths(one[key], other[key], [...at, key]),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  ) ?? "";
