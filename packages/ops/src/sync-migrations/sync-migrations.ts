import { planSync, type Side, type SyncPlan } from "./plan-sync.ts";
import { recover, writeFiles } from "./write-folder.ts";

export type SyncOptions = Readonly<{
  source: Side;
  targets: readonly Side[];
  /** Only says what is missing; touches nothing. */
  isDry?: boolean | undefined;
}>;

/** `foreign`: all was brought (or, dry, could be), but the target has what the source lacks. */
type SyncState = "current" | "synced" | "behind" | "foreign" | "refused";

export type SyncReport = SyncPlan & Readonly<{ state: SyncState }>;

/** Brings every migration that a target lacks from the source. A target that is refused stops no other. */
export function syncMigrations({ source, targets, isDry = false }: SyncOptions): SyncReport[] {
  if (!isDry) for (const { folder } of [source, ...targets]) recover(folder);
  return targets.map((target) => {
    const plan = planSync(source, target);
    if (!isDry && plan.files.size > 0) writeFiles(target.folder, plan.files);
    return { ...plan, state: stateOf(plan, isDry) };
  });
}

function stateOf({ problems, files }: SyncPlan, isDry: boolean): SyncState {
  if (problems.some(({ rule }) => rule !== "foreign")) return "refused";
  if (problems.length > 0) return "foreign";
  if (files.size === 0) return "current";
  return isDry ? "behind" : "synced";
}
