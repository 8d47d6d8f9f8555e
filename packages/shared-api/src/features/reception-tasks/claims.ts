import { priorityRank, type Statements } from "@whitelabel/shared-db";
import type { Author, Caller } from "../../auth/caller.ts";
import { change } from "../../writes/change.ts";
import type { Scope } from "../front-desk/branches.ts";
import { branchesOf, taskColumns } from "./queries.ts";
import type { Task } from "./schemas.ts";

// By the database's clock as it is at this moment: `now()` is when a transaction began, and it may have waited since.
const clock = "clock_timestamp()";
const lease = `${clock} + interval '60 seconds'`;

const isFree = `(state = 'open' or state = 'claimed' and lease_until <= ${clock})`;

/** `$1` the task, `$2` the branches, `$3` the version wanted. */
const isWanted = `id = $1 and ($2::text[] is null or property_id = any($2::text[]))
  and ($3::integer is null or version = $3)`;
/** `$4` whoever claims it, `$5` the token that they were given. */
const isHeld = `${isWanted} and state = 'claimed' and assignee_id = $4 and fencing_token = $5
  and lease_until > ${clock}`;
export const isUnfinished = `${isWanted} and state in ('open', 'claimed')`;

const claimed = {
  audit: { action: "task.claimed", entity: "task", changed_fields: ["state", "assignee_id", "fencing_token"] },
  event: { kind: "task.claimed", entity: "task" },
};

/** Which task, as the caller names it. */
export type Wanted = Readonly<{ id: string; scope: Scope; version: number | null }>;
export const wanted = ({ id, scope, version }: Wanted): unknown[] => [id, branchesOf(scope), version];

/**
 * Claims the most pressing task of a branch that nobody claims, of these the one due first. Claimers pass by each other:
 * a task that another one is about to get is not waited for. Undefined when there is none.
 */
export function claimNext(to: Statements, caller: Caller, property_id: string): Promise<Task | undefined> {
  return change<Task>(to, caller, {
    text: `with next as (
        select id as next_id from reception_tasks where property_id = $1 and state in ('open', 'claimed') and ${isFree}
        order by ${priorityRank}, due_at, id limit 1 for update skip locked
      )
      update reception_tasks set state = 'claimed', assignee_id = $2, lease_until = ${lease},
        fencing_token = fencing_token + 1
      from next where id = next_id returning ${taskColumns}`,
    params: [property_id, caller.user.id],
    ...claimed,
  });
}

/** Claims this task, if nobody does. */
export function claimTask(to: Statements, caller: Caller, task: Wanted): Promise<Task | undefined> {
  return change<Task>(to, caller, {
    text: `update reception_tasks set state = 'claimed', assignee_id = $4, lease_until = ${lease},
        fencing_token = fencing_token + 1
      where ${isWanted} and ${isFree} returning ${taskColumns}`,
    params: [...wanted(task), caller.user.id],
    ...claimed,
  });
}

/** Keeps a claim for another while. That is no change: it raises no version, and nobody is told. */
export async function keepClaim(to: Statements, caller: Caller, task: Wanted, token: number) {
  const [kept] = await to.query<Task>(keep, [...wanted(task), caller.user.id, token]);
  return kept;
}
const keep = `update reception_tasks set lease_until = ${lease} where ${isHeld} returning ${taskColumns}`;

/** Gives a claimed task back. */
export function releaseTask(to: Statements, caller: Caller, task: Wanted, token: number) {
  return close(to, caller, "released", {
    text: `update reception_tasks set state = 'open', assignee_id = null, lease_until = null
      where ${isHeld} returning ${taskColumns}`,
    params: [...wanted(task), caller.user.id, token],
    changed_fields: ["state", "assignee_id"],
  });
}

/** The note has passed the guard. */
export function completeTask(
  to: Statements,
  caller: Caller,
  task: Wanted,
  { fencing_token, resolution }: Readonly<{ fencing_token: number; resolution: string | null }>,
) {
  return close(to, caller, "completed", {
    text: `update reception_tasks set state = 'done', lease_until = null, closed_at = ${clock}, resolution = $6
      where ${isHeld} returning ${taskColumns}`,
    params: [...wanted(task), caller.user.id, fencing_token, resolution],
    changed_fields: ["state", ...(resolution === null ? [] : ["resolution"])],
  });
}

/** Whoever claims it finds out when they complete it. The reason has passed the guard. */
export function cancelTask(to: Statements, caller: Caller, task: Wanted, reason: string | null) {
  return close(to, caller, "cancelled", {
    text: `update reception_tasks set state = 'cancelled', assignee_id = null, lease_until = null,
        closed_at = ${clock}, resolution = $4
      where ${isUnfinished} returning ${taskColumns}`,
    params: [...wanted(task), reason],
    changed_fields: ["state", ...(reason === null ? [] : ["resolution"])],
  });
}

type Closing = Readonly<{ text: string; params: readonly unknown[]; changed_fields: readonly string[] }>;

function close(to: Statements, author: Author, what: string, { changed_fields, ...statement }: Closing) {
  const kind = `task.${what}`;
  return change<Task>(to, author, {
    ...statement,
    audit: { action: kind, entity: "task", changed_fields },
    event: { kind, entity: "task" },
  });
}
