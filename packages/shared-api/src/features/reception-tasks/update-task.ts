import type { Core } from "@whitelabel/core-readonly";
import type { Database } from "@whitelabel/shared-db";
import type { Caller } from "../../auth/caller.ts";
import { orNotFound } from "../../http/app-error.ts";
import { change } from "../../writes/change.ts";
import { guardText } from "../front-desk/guard-text.ts";
import { isUnfinished, type Wanted, wanted } from "./claims.ts";
import { dueTime } from "./due-time.ts";
import type { TaskPatch } from "./inputs.ts";
import { findTask, taskColumns } from "./queries.ts";
import type { Task } from "./schemas.ts";

type Stores = Readonly<{ core: Core; database: Database }>;

/** Changes an unfinished task, whoever claims it. Undefined if it is there and is not as wanted. */
export async function updateTask(
  stores: Stores,
  caller: Caller,
  task: Wanted,
  { title, details, category, priority, due_at, due_local, is_escalated }: TaskPatch,
): Promise<Task | undefined> {
  const { core, database } = stores;
  const { property_id, booking_id } = orNotFound(await findTask(database, task.scope, task.id), "task");
  await guardText(stores, { property_id, booking_id }, { title, details });
  const due = await dueTime(core, property_id, { due_at, due_local });

  const values = { title, details, category, priority, due_at: due };
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const params = wanted(task);
  // The names are those of `values`, never the caller's.
  const assignments = given.map(([name, value]) => `${name} = $${params.push(value)}`);
  if (is_escalated !== undefined) {
    assignments.push(`escalated_at = ${is_escalated ? "coalesce(escalated_at, clock_timestamp())" : "null"}`);
  }
  const changed_fields = [...given.map(([name]) => name), ...(is_escalated === undefined ? [] : ["escalated_at"])];
  return await change<Task>(database, caller, {
    text: `update reception_tasks set ${assignments.join(", ")} where ${isUnfinished} returning ${taskColumns}`,
    params,
    audit: { action: "task.updated", entity: "task", changed_fields, details: { category, priority, due_at: due } },
    event: { kind: "task.updated", entity: "task" },
  });
}
