import type { Product } from "@whitelabel/shared-config";
import { type AppliedNow, type MigrateOptions, type MigrationReport, migrate } from "./migrate.ts";
import { type Migration, readFolder } from "./read-folder.ts";

/** One database to migrate. */
export type Target = Readonly<{
  /** For people: the product's, or the database's where a product has many. */
  name: string;
  product: Product;
  /** May throw; that is this target's failure and nobody else's. */
  migrationUrl: string | (() => string);
  folder: string;
}>;

export type Outcome = Readonly<{
  target: Target;
  state: "migrated" | "current" | "failed";
  /** Also of a failed one: what was applied before it failed stays applied. */
  applied: readonly AppliedNow[];
  duration_ms: number;
  report?: MigrationReport;
  error?: unknown;
}>;

export type FanOutOptions = Pick<MigrateOptions, "to" | "version" | "lockTimeoutMs" | "backOffMs" | "waitMs"> &
  Readonly<{
    /** How many databases at a time. */
    concurrency?: number | undefined;
    log?: ((target: Target, line: string) => void) | undefined;
    onDone?: ((outcome: Outcome, done: number) => void) | undefined;
  }>;

/** A migration is the server's work and waiting; more at a time only wait for each other on its cores. */
export const CONCURRENCY = 8;

/** Migrates many databases, some at a time. One that fails stops no other; each has an outcome, in the given order. */
export async function fanOut(targets: readonly Target[], options: FanOutOptions = {}): Promise<Outcome[]> {
  const { log, onDone } = options;
  const read = folderReader();
  let done = 0;
  return mapSome(targets, options.concurrency ?? CONCURRENCY, async (target) => {
    const outcome = await migrateOne(target, read, { ...options, log: (line: string) => log?.(target, line) });
    onDone?.(outcome, ++done);
    return outcome;
  });
}

async function migrateOne(
  target: Target,
  read: (folder: string) => readonly Migration[],
  options: Omit<MigrateOptions, "product" | "migrationUrl" | "folder">,
): Promise<Outcome> {
  const { product, folder } = target;
  const started = performance.now();
  const applied: AppliedNow[] = [];
  const end = () => ({ target, applied, duration_ms: Math.round(performance.now() - started) });
  try {
    const migrations = read(folder);
    const migrationUrl = urlOf(target);
    const onApplied = (now: AppliedNow) => applied.push(now);
    const report = await migrate({ ...options, product, folder, migrationUrl, migrations, onApplied });
    return { ...end(), state: report.applied.length > 0 ? "migrated" : "current", report };
  } catch (error) {
    return { ...end(), state: "failed", error };
  }
}

export const urlOf = ({ migrationUrl }: Target): string =>
  typeof migrationUrl === "string" ? migrationUrl : migrationUrl();

/** Reads each folder once, however many databases follow it. */
export function folderReader(): (folder: string) => readonly Migration[] {
  const known = new Map<string, readonly Migration[]>();
  return (folder) => {
    const migrations = known.get(folder) ?? readFolder(folder);
    known.set(folder, migrations);
    return migrations;
  };
}

/** As Promise.all over `items.map(work)`, but never more than `limit` at a time. */
export async function mapSome<T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const take = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, take));
  return results;
}
