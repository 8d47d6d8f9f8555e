import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { changes, instant, isNotBlank, isOneOf, newId } from "./columns.ts";
import { guestRequests } from "./guest-requests.ts";
import { users } from "./users.ts";
import { priorityRank, taskCategories, taskPriorities, taskStates } from "./values.ts";

const isUnfinished = sql.raw("state in ('open', 'claimed')");

/** What reception has to do. Its version tells changes apart; the heartbeat of a claim is none. */
export const receptionTasks = pgTable(
  "reception_tasks",
  {
    id: newId().primaryKey(),
    property_id: text().notNull(),
    // Of core: text without foreign keys.
    booking_id: text(),
    room_id: text(),
    row_room_id: text(),
    // Guarded, all three.
    title: text().notNull(),
    details: text().notNull().default(""),
    resolution: text(),
    category: text({ enum: taskCategories }).notNull().default("other"),
    priority: text({ enum: taskPriorities }).notNull().default("normal"),
    // The code of the product's preset that it was made from.
    preset: text(),
    due_at: instant(),
    escalated_at: instant(),
    state: text({ enum: taskStates }).notNull().default("open"),
    // Whoever claims it, or did it.
    assignee_id: integer().references(() => users.id, { onDelete: "set null" }),
    // A claim is a lease by the database's clock; each new claim raises the token, so that a late holder is refused.
    lease_until: instant(),
    fencing_token: bigint({ mode: "number" }).notNull().default(0),
    // One task per notification of core or accepted request, ever.
    notification_id: text().unique("reception_tasks_notification_id_key"),
    guest_request_id: uuid()
      .references(() => guestRequests.id)
      .unique("reception_tasks_guest_request_id_key"),
    created_by: integer().references(() => users.id, { onDelete: "set null" }),
    closed_at: instant(),
    orphaned_at: instant(),
    ...changes,
  },
  (table) => [
    check("reception_tasks_property_id_check", isNotBlank("property_id")),
    check("reception_tasks_title_check", isNotBlank("title")),
    check("reception_tasks_category_check", isOneOf("category", taskCategories)),
    check("reception_tasks_priority_check", isOneOf("priority", taskPriorities)),
    check("reception_tasks_state_check", isOneOf("state", taskStates)),
    check("reception_tasks_lease_check", sql.raw("(state = 'claimed') = (lease_until is not null)")),
    check("reception_tasks_closed_check", sql.raw("(state in ('done', 'cancelled')) = (closed_at is not null)")),
    index("reception_tasks_by_branch_idx").on(table.property_id, table.id),
    // The next task to claim, and the order of the list that people work from.
    index("reception_tasks_next_idx")
      .on(table.property_id, sql.raw(priorityRank), table.due_at, table.id)
      .where(isUnfinished),
    index("reception_tasks_by_assignee_idx").on(table.assignee_id, table.id).where(isUnfinished),
    index("reception_tasks_by_booking_idx").on(table.booking_id),
  ],
);

export type ReceptionTask = typeof receptionTasks.$inferSelect;
