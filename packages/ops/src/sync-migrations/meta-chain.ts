import { snapshotId } from "../migrate/snapshot-id.ts";

/** A snapshot of drizzle-kit as data: what the models were after one migration. */
export type Meta = { id: string; prevId: string } & Record<string, unknown>;

/** A migration in the order of the target, with its snapshot and the one before it in the folder it came from. */
export type Link = Readonly<{ name: string; before: Meta | undefined; after: Meta | undefined }>;

/**
 * The snapshots of a folder whose migrations come from two: each step's change is replayed upon the target's own
 * state, so that what is the target's only stays in every later snapshot, and drizzle-kit's next difference there is
 * right. Where the states are the same, so are the bytes.
 */
export function chain(links: readonly Link[]): Map<string, Meta> {
  const result = new Map<string, Meta>();
  let last: Meta | undefined;
  for (const { name, before, after } of links) {
    if (!after) continue; // written by hand without one: the models did not change
    last = { ...next(last, before, after), id: snapshotId(name), prevId: last?.id ?? after.prevId };
    result.set(name, last);
  }
  return result;
}

const next = (mine: Meta | undefined, before: Meta | undefined, after: Meta): Meta =>
  isSame(content(mine), content(before)) ? after : (merge(content(mine), content(before), after) as Meta);

const content = (meta: Meta | undefined) => ({ ...meta, id: undefined, prevId: undefined });

/** `mine` with all that changed from `before` to `after`; what is in objects is merged, anything else taken whole. */
function merge(mine: unknown, before: unknown, after: unknown): unknown {
  if (!isObject(mine) || !isObject(after)) return isSame(before, after) ? mine : after;
  const old = isObject(before) ? before : {};
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(after), ...Object.keys(mine)])) {
    const isGone = key in old && (!(key in after) || (!(key in mine) && isSame(old[key], after[key])));
    if (isGone) continue;
    if (!(key in after)) merged[key] = mine[key];
    else merged[key] = key in mine ? merge(mine[key], old[key], after[key]) : after[key];
  }
  return merged;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  ) ?? "";
