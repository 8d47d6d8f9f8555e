import { createHash } from "node:crypto";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";
import { shown } from "../dev/workspace.ts";
import { type Migration, readFolder } from "../migrate/read-folder.ts";
import { chain, type Link, type Meta } from "./meta-chain.ts";
import { readFiles, wasInterrupted } from "./write-folder.ts";

/** A product's migrations folder. */
export type Side = Readonly<{ product: string; folder: string }>;

type SyncProblem = Readonly<{
  /** Only `foreign`, a file that the source lacks, lets the rest be brought. */
  rule: "edited" | "foreign" | "misplaced" | "unreadable";
  file: string;
  message: string;
  next: string | undefined;
}>;

export type SyncPlan = Readonly<{
  from: string;
  to: string;
  folder: string;
  /** What the target lacks, in order. */
  copied: readonly Readonly<{ name: string; sha256: string }>[];
  /** Snapshots to write: those of the copied, and those after them that change by it. */
  meta: readonly string[];
  /** What stays the target's own. */
  product_only: readonly string[];
  problems: readonly SyncProblem[];
  files: ReadonlyMap<string, Buffer>;
}>;

/** What would bring a target to its source. Reads only; what is wrong is in `problems`. */
export function planSync(source: Side, target: Side): SyncPlan {
  const nothing = { from: source.product, to: target.product, folder: target.folder, copied: [], meta: [] };
  const [ours, theirs] = [open(source), open(target)];
  if ("problem" in ours) return { ...nothing, product_only: [], problems: [ours.problem], files: new Map() };
  if ("problem" in theirs) return { ...nothing, product_only: [], problems: [theirs.problem], files: new Map() };

  const shared = ours.migrations.filter(({ header }) => header.productOnly === undefined);
  const names = new Set(shared.map(({ name }) => name));
  const own = theirs.migrations.filter(({ name }) => !names.has(name));
  const problems = [
    ...[...misplaced(source, ours.migrations), ...misplaced(target, theirs.migrations)],
    ...foreign(source, target, own),
    ...shared.flatMap(({ name }) => edited(source, target, [ours.files, theirs.files], name)),
  ];
  const product_only = own.filter(({ header }) => header.productOnly).map(({ name }) => name);
  if (problems.some(({ rule }) => rule !== "foreign")) return { ...nothing, product_only, problems, files: new Map() };

  const files = new Map<string, Buffer>();
  for (const { name } of shared)
    for (const file of [`${name}.sql`, `${name}.down.sql`]) {
      const bytes = ours.files.get(file);
      if (bytes && !theirs.files.has(file)) files.set(file, bytes);
    }
  const copied = shared.filter(({ name }) => [`${name}.sql`, `${name}.down.sql`].some((file) => files.has(file)));
  const meta = metaOf(shared, ours, own, theirs);
  for (const [file, bytes] of meta) if (!theirs.files.get(file)?.equals(bytes)) files.set(file, bytes);
  return {
    ...nothing,
    copied: copied.map(({ name, sha256 }) => ({ name, sha256 })),
    meta: [...files.keys()].filter((file) => file.startsWith("meta")),
    product_only,
    problems,
    files,
  };
}

type Opened = Readonly<{ migrations: readonly Migration[]; files: ReadonlyMap<string, Buffer> }>;

function open({ folder }: Side): Opened | { problem: SyncProblem } {
  const files = readFiles(folder);
  // A product that is new has no folder yet.
  if (files.size === 0 && !wasInterrupted(folder)) return { migrations: [], files };
  try {
    return { migrations: readFolder(folder), files };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    const next = wasInterrupted(folder) ? "A run was killed: `pnpm sync-migrations` puts it right." : error.next;
    return { problem: { rule: "unreadable", file: shown(folder), message: error.message, next } };
  }
}

/** Says that it is for one product, and lies in the folder of another. */
function misplaced({ product, folder }: Side, migrations: readonly Migration[]): SyncProblem[] {
  return migrations.flatMap(({ file, header: { productOnly } }) =>
    !productOnly || productOnly.product === product
      ? []
      : {
          rule: "misplaced" as const,
          file: shown(file),
          message: `${shown(file)} says that it is for ${productOnly.product} only, and lies in the folder of ${product}.`,
          next: `Move it, with its .down.sql and its meta, to ${shown(folder).replace(product, productOnly.product)}.`,
        },
  );
}

function foreign(source: Side, target: Side, own: readonly Migration[]): SyncProblem[] {
  return own
    .filter(({ header }) => header.productOnly === undefined)
    .map(({ name, file }) => ({
      rule: "foreign" as const,
      file: shown(file),
      message: `${shown(file)} is not in the folder of ${source.product}, and does not say that it is for ${target.product} only.`,
      next:
        `For both: \`pnpm sync-migrations --from ${target.product} --to ${source.product}\`. For ${target.product} alone: ` +
        `begin ${name}.sql with \`-- product-only ${target.product}: <reason>\`, before it is applied anywhere.`,
    }));
}

function edited(
  source: Side,
  target: Side,
  [ours, theirs]: readonly [ReadonlyMap<string, Buffer>, ReadonlyMap<string, Buffer>],
  name: string,
): SyncProblem[] {
  return [`${name}.sql`, `${name}.down.sql`].flatMap((file) => {
    const [one, other] = [ours.get(file), theirs.get(file)];
    // A file more than the source has is an edit too: a reverse where there is none.
    if (!other || one?.equals(other)) return [];
    const [from, to] = [path.join(source.folder, file), path.join(target.folder, file)].map(shown);
    return {
      rule: "edited" as const,
      file: to ?? file,
      message: `${to} is not the copy of ${from}: sha256 ${hash(other)} here, ${one ? hash(one) : "no such file"} there.`,
      next:
        `If it is applied nowhere, \`rm ${to}\` and sync again. A change to what is applied is a new migration: ` +
        "`pnpm migration:new <what happens>`.",
    };
  });
}

/** Every snapshot of the target after the sync, by its file. */
function metaOf(shared: readonly Migration[], ours: Opened, own: readonly Migration[], theirs: Opened) {
  const links = [...linksOf(ours, shared), ...linksOf(theirs, own)].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...chain(links)].map(
    ([name, meta]) => [`meta/${name}.json`, Buffer.from(`${JSON.stringify(meta, null, 2)}\n`)] as const,
  );
}

function linksOf({ migrations, files }: Opened, chosen: readonly Migration[]): Link[] {
  let before: Meta | undefined;
  return migrations
    .map(({ name }) => {
      const bytes = files.get(`meta/${name}.json`);
      const after = bytes && (JSON.parse(bytes.toString()) as Meta);
      const link = { name, before, after };
      before = after ?? before;
      return link;
    })
    .filter(({ name }) => chosen.some((one) => one.name === name));
}

const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
