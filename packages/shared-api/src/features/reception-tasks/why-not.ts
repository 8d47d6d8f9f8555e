import type { Statements } from "@whitelabel/shared-db";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { changedMeanwhile } from "../../writes/versions.ts";
import type { Wanted } from "./claims.ts";
import { findTask } from "./queries.ts";
import type { Task } from "./schemas.ts";

/** The task as it has been changed; if nothing was changed, throws why: not there, in another version, or `conflict`. */
export async function orWhyNot(
  database: Statements,
  { id, scope, version }: Wanted,
  changed: Task | undefined,
  conflict: string,
): Promise<Task> {
  if (changed) return changed;
  const task = orNotFound(await findTask(database, scope, id), "task");
  if (version !== null && task.version !== version) throw changedMeanwhile();
  throw new AppError("conflict", conflict);
}
