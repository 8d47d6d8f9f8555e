import type { Database, JsonRow, Statements, TaskCategory, TaskPriority } from "@whitelabel/shared-db";
import { asJson, priorityRank } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";
import type { Author } from "../../auth/caller.ts";
import type { Values } from "../../http/cursor.ts";
import { change } from "../../writes/change.ts";
import { conditions } from "../../writes/conditions.ts";
import type { Scope } from "../front-desk/branches.ts";
import type { ListQuery, Sort, View } from "./inputs.ts";
import type { Task, TaskEntry } from "./schemas.ts";

/** A claim that nobody has kept alive. Nothing frees it: whatever reads a task sees it as open. */
const hasLapsed = "(state = 'claimed' and lease_until <= now())";

/** A task as callers see it. */
export const taskColumns = `id, property_id, booking_id, room_id, row_room_id, title, details, resolution, category,
  priority, preset, due_at, escalated_at,
  case when ${hasLapsed} then 'open' else state end as state,
  case when ${hasLapsed} then null else assignee_id end as assignee_id,
  case when ${hasLapsed} then null else lease_until end as lease_until,
  fencing_token, notification_id, guest_request_id, created_by, closed_at, orphaned_at, created_at, updated_at, version`;

const isUnfinished = "state in ('open', 'claimed')";

const isIn: Record<Task["state"], string> = {
  open: "(state = 'open' or state = 'claimed' and lease_until <= now())",
  claimed: "(state = 'claimed' and lease_until > now())",
  done: "state = 'done'",
  cancelled: "state = 'cancelled'",
};

const isInView: Record<View, string> = {
  overdue: `${isUnfinished} and due_at < now()`,
  escalated: `${isUnfinished} and escalated_at is not null`,
  orphaned: `${isUnfinished} and orphaned_at is not null`,
};

/** Tasks that fit, in order, after a position; one more than `limit`, so that the caller sees whether there are more. */
export function listTasks(
  { query }: Pick<Database, "query">,
  scope: Scope,
  filters: ListQuery,
  me: number,
  after: Values | undefined,
): Promise<TaskText[]> {
  const where = conditions();
  const { param, add } = where;
  const { property_id, state, category, priority, assignee, booking_id, due_after, due_before, view } = filters;

  if (property_id !== undefined) add(`property_id = ${param(property_id)}`);
  else if (scope !== "*") add(`property_id = any(${param(scope)}::text[])`);
  if (state) add(`(${state.map((one) => isIn[one]).join(" or ")})`);
  if (category) add(`category = any(${param(category)}::text[])`);
  if (priority) add(`priority = any(${param(priority)}::text[])`);
  if (assignee === "none") add(`(assignee_id is null or ${hasLapsed})`);
  else if (assignee) add(`assignee_id = ${param(assignee === "me" ? me : Number(assignee))} and not ${hasLapsed}`);
  if (booking_id !== undefined) add(`booking_id = ${param(booking_id)}`);
  if (due_after) add(`due_at >= ${param(due_after)}::timestamptz`);
  if (due_before) add(`due_at < ${param(due_before)}::timestamptz`);
  if (view) add(isInView[view]);
  if (after) add(isAfter(filters.sort, after, param));
  if (where.text() === "") add("true");

  return query<TaskText>(
    `select ${taskColumns} from reception_tasks where ${where.text()}
    order by ${order[filters.sort]} limit ${param(filters.limit + 1)}`,
    where.params,
    { reader: taskTexts },
  );
}

/** A task as the answer's text, and what core is asked with. */
export type TaskText = JsonRow<Pick<Task, "booking_id" | "room_id">>;
const taskTexts = asJson("booking_id", "room_id");

/** Without a due time last. Ids are ordered by time. */
const order: Record<Sort, string> = { priority: `${priorityRank}, due_at, id`, newest: "id desc" };

const rankOf: Record<TaskPriority, number> = { urgent: 0, high: 1, normal: 2, low: 3 };

/** Where a page that ends with this task ends. */
export function positionOf(sort: Sort, { json }: TaskText): Values {
  const { id, priority, due_at } = JSON.parse(json) as Task;
  return sort === "newest" ? [id] : [rankOf[priority], due_at, id];
}

function isAfter(sort: Sort, after: Values, param: (value: unknown) => string): string {
  if (sort === "newest") return `id < ${param(after[0])}::uuid`;
  const [rank, due_at, id] = after;
  const [r, i] = [`${param(rank)}::integer`, `${param(id)}::uuid`];
  // The index begins at the rank. A comparison of rows with a null in it is neither true nor false.
  const rest =
    due_at === null
      ? `(${priorityRank} > ${r} or due_at is null and id > ${i})`
      : `((${priorityRank}, due_at, id) > (${r}, ${param(due_at)}::timestamptz, ${i}) or ${priorityRank} = ${r} and due_at is null)`;
  return `${priorityRank} >= ${r} and ${rest}`;
}

export async function findTask({ query }: Statements, scope: Scope, id: string): Promise<Task | undefined> {
  const [task] = await query<Task>(findInScope, [id, branchesOf(scope)]);
  return task;
}
const findInScope = `select ${taskColumns} from reception_tasks
  where id = $1 and ($2::text[] is null or property_id = any($2::text[]))`;

/** A scope as a parameter: null for every branch. */
export const branchesOf = (scope: Scope): readonly string[] | null => (scope === "*" ? null : scope);

export type TaskValues = Readonly<{
  property_id: string;
  booking_id?: string | null;
  room_id?: string | null;
  row_room_id?: string | null;
  /** This and `details` have passed the guard. */
  title: string;
  details?: string;
  category?: TaskCategory;
  priority?: TaskPriority;
  preset?: string | null;
  due_at?: string | null;
  notification_id?: string | null;
  guest_request_id?: string | null;
}>;

/**
 * Makes an open task, with its audit row and its event. Undefined if there is one already for its notification or its
 * guest request: there is one each, ever.
 */
export async function insertTask(to: Statements, author: Author, task: TaskValues): Promise<Task | undefined> {
  const { property_id, title, details = "", category = "other", priority = "normal" } = task;
  const { booking_id = null, room_id = null, row_room_id = null, preset = null, due_at = null } = task;
  const { notification_id = null, guest_request_id = null } = task;
  const created_by = author.actor.type === "user" ? author.actor.id : null;
  return await change<Task>(to, author, {
    text: `insert into reception_tasks (id, property_id, booking_id, room_id, row_room_id, title, details, category,
        priority, preset, due_at, notification_id, guest_request_id, created_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz, $12, $13::uuid, $14::integer)
      on conflict do nothing
      returning ${taskColumns}`,
    params: [
      ...[uuidv7(), property_id, booking_id, room_id, row_room_id, title, details, category, priority, preset],
      ...[due_at, notification_id, guest_request_id, created_by],
    ],
    audit: {
      action: "task.created",
      entity: "task",
      details: { property_id, booking_id, category, priority, preset, due_at, notification_id, guest_request_id },
    },
    event: { kind: "task.created", entity: "task" },
  });
}

/** The task that a notification of core has got, if any. */
export async function findTaskOf({ sql }: Database, notification_id: string): Promise<{ id: string } | undefined> {
  const [task] = await sql<{ id: string }>`
    select id from reception_tasks where notification_id = ${notification_id}`;
  return task;
}

type EntryRow = Omit<TaskEntry, "actor"> &
  Readonly<{ actor_type: TaskEntry["actor"]["type"]; actor_id: number | null; display_name: string | null }>;

/** What was done with a task, the first thing first. Views are not part of it. */
export async function listHistory(
  { sql }: Database,
  task_id: string,
  { limit, after }: Readonly<{ limit: number; after: string | null }>,
): Promise<TaskEntry[]> {
  const rows = await sql<EntryRow>`
    select l.id, l.action, l.actor_type, l.actor_id, u.display_name, l.changed_fields, l.created_at
    from audit_logs l left join users u on u.id = l.actor_id
    where l.entity = 'task' and l.entity_id = ${task_id} and l.action like 'task.%'
      and (${after}::uuid is null or l.id > ${after}::uuid)
    order by l.id limit ${limit}`;
  return rows.map(({ actor_type, actor_id, display_name, ...entry }) => ({
    ...entry,
    actor: { type: actor_type, id: actor_id, display_name },
  }));
}
