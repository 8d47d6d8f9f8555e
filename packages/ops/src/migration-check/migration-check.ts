import type { Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { shown } from "../dev/workspace.ts";
import { type ScratchServer, withScratchServer } from "../drift/expected-schema.ts";
import { type Migration, readFolder } from "../migrate/read-folder.ts";
import { planSync } from "../sync-migrations/plan-sync.ts";
import { applyExceptions } from "./allow.ts";
import type { Finding } from "./finding.ts";
import { checkMeta, checkModels } from "./meta-rules.ts";
import { checkRoundTrip } from "./round-trip.ts";
import type { Dictionary } from "./schema-rules.ts";
import { lint } from "./squawk.ts";
import { readText } from "./text-rules.ts";

export type CheckOptions = Readonly<{
  /** The first is the one that the others follow. */
  folders: readonly Readonly<{ product: Product; folder: string }>[];
  models?: Record<string, unknown> | undefined;
  dictionary?: Dictionary | undefined;
  /** Where to run the migrations; without one, a server of our own. */
  server?: ScratchServer | undefined;
}>;

type Folder = Readonly<{ id: string; product: Product; folder: string; migrations: readonly Migration[] }>;

/** Everything that must hold of the migrations before a change goes in. No finding: it may. */
export async function checkMigrations({ folders, models, dictionary, server }: CheckOptions): Promise<Finding[]> {
  const read = folders.map((one) => readOne(one));
  const unreadable = read.flatMap((one) => ("finding" in one ? [one.finding] : []));
  const readable = read.flatMap((one) => ("finding" in one ? [] : [one]));
  const [source] = readable;
  if (!source || unreadable.length > 0) return unique(unreadable);

  const apart = readable.slice(1).flatMap((target) => checkSync(source, target));
  const states = [...readable.flatMap(checkMeta), ...checkStates(readable, apart, models)];
  const work = (on: ScratchServer) => judgeAll(on, readable, dictionary);
  return [...states, ...apart, ...(await (server ? work(server) : withScratchServer(work)))];
}

function readOne({ product, folder }: { product: Product; folder: string }): Folder | { finding: Finding } {
  try {
    return { id: product.id, product, folder, migrations: readFolder(folder) };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    const { message, next = "Put it right, then run this again." } = error;
    const [, file = folder, line = "1"] = message.match(/(\/\S+?\.sql)(?::(\d+))?/) ?? [];
    const told = message.replaceAll(`${folder}/`, "").replaceAll(folder, shown(folder));
    return {
      finding: { product: product.id, file: shown(file), line: Number(line), rule: "folder", message: told, next },
    };
  }
}

function checkSync(source: Folder, target: Folder): Finding[] {
  const plan = planSync({ product: source.id, folder: source.folder }, { product: target.id, folder: target.folder });
  const here = { product: target.id, line: 1 };
  const missing = plan.copied.map(({ name }) => ({
    ...here,
    file: `${shown(target.folder)}/${name}.sql`,
    rule: "not-synced",
    message: `${name} is in ${source.id} and not in ${target.id}.`,
    next: "`pnpm sync-migrations` brings it.",
  }));
  const meta = plan.copied.length > 0 ? [] : plan.meta;
  return [
    ...missing,
    ...meta.map((file) => ({
      ...here,
      file: `${shown(target.folder)}/${file}`,
      rule: "not-synced",
      message: `It is not the state that the migrations of ${target.id} lead to.`,
      next: "`pnpm sync-migrations` computes it.",
    })),
    ...plan.problems.map(({ rule, file, message, next = "" }) => ({ ...here, file, rule, message, next })),
  ];
}

/** One finding for one cause: a product that is not in sync would repeat what is said of the source. */
function checkStates(
  folders: readonly Folder[],
  apart: readonly Finding[],
  models?: Record<string, unknown>,
): Finding[] {
  const [source, ...others] = folders;
  const ahead = source ? checkModels(source, models) : [];
  if (ahead.length > 0 || apart.length > 0) return ahead;
  return others.flatMap((folder) => checkModels(folder, models, nextForOwn));
}

const nextForOwn =
  "The models are every product's: a migration of one product alone is written by hand, with `pnpm migration:new --empty`.";

/** Lint and rules for each file, and each folder up, down and up; what is the same in two products is judged once. */
async function judgeAll(
  server: ScratchServer,
  folders: readonly Folder[],
  dictionary?: Dictionary,
): Promise<Finding[]> {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const { id, product, folder, migrations } of folders) {
    const key = migrations.map(({ name, sha256, down }) => `${name} ${sha256} ${down}`).join("\n");
    if (seen.has(key)) continue;
    seen.add(key);
    const [linted, ran] = await Promise.all([
      lint(id, migrations),
      checkRoundTrip(server, { product, folder, migrations }, dictionary),
    ]);
    for (const migration of migrations) {
      const reverse = shown(migration.file.replace(/\.sql$/, ".down.sql"));
      const own = [...linted, ...readText(id, migration), ...ran].filter(
        ({ file }) => file === shown(migration.file) || file === reverse,
      );
      findings.push(...applyExceptions(id, migration, own));
    }
  }
  return unique(findings);
}

/** A migration that several products have is said once, with the first of them. */
function unique(findings: readonly Finding[]): Finding[] {
  const keyOf = ({ file, line, rule, message }: Finding) => [file.split("/").at(-1), line, rule, message].join("\n");
  return findings.filter((one, index) => findings.findIndex((other) => keyOf(other) === keyOf(one)) === index);
}
