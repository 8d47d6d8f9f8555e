import type { Core } from "@whitelabel/core-readonly";
import type { TaskPreset } from "@whitelabel/shared-config";
import { zoneOf } from "../front-desk/branch-day.ts";
import { instantIn, nextInstantIn } from "../front-desk/branch-time.ts";
import { noSuchBranch } from "../front-desk/branches.ts";

type Given = Readonly<{ due_at?: string | null | undefined; due_local?: string | undefined }>;

/**
 * When a task of this branch is due: as it is said, else as its preset has it. Undefined if neither says. Only what is
 * told by the branch's clock needs core.
 */
export async function dueTime(
  core: Core,
  property_id: string,
  { due_at, due_local }: Given,
  preset?: TaskPreset,
): Promise<string | null | undefined> {
  if (due_at !== undefined) return due_at;
  if (due_local !== undefined) return instantIn(await zoneOfBranch(core, property_id), due_local);
  if (!preset?.due) return undefined;
  if ("minutes" in preset.due) return new Date(Date.now() + preset.due.minutes * 60_000).toISOString();
  return nextInstantIn(await zoneOfBranch(core, property_id), preset.due.at);
}

async function zoneOfBranch(core: Core, property_id: string): Promise<string> {
  const branch = await core.findBranch(property_id);
  if (!branch) throw noSuchBranch();
  return zoneOf(branch.time_zone ?? "UTC");
}
