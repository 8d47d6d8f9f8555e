import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, isNotBlank, isObject, isOneOf, isTextArray, newId } from "./columns.ts";
import { actorTypes } from "./values.ts";

/** What happened, by whom. Append-only for the runtime role; ids and field names, nothing about a guest. */
export const auditLogs = pgTable(
  "audit_logs",
  {
    id: newId().primaryKey(),
    actor_type: text({ enum: actorTypes }).notNull(),
    // users.id, without a foreign key: a log outlives what it speaks of, and an insert stays cheap.
    actor_id: integer(),
    action: text().notNull(),
    entity: text().notNull(),
    entity_id: text(),
    changed_fields: jsonb().$type<string[]>().notNull().default([]),
    details: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    request_id: text(),
    ...createdAt,
  },
  (table) => [
    check("audit_logs_actor_type_check", isOneOf("actor_type", actorTypes)),
    check("audit_logs_actor_check", sql.raw("(actor_type = 'user') = (actor_id is not null)")),
    check("audit_logs_action_check", isNotBlank("action")),
    check("audit_logs_entity_check", isNotBlank("entity")),
    check("audit_logs_changed_fields_check", isTextArray("changed_fields")),
    check("audit_logs_details_check", isObject("details")),
    // Ids are ordered by time, so each of these also pages from the newest back.
    index("audit_logs_by_entity_idx").on(table.entity, table.entity_id, table.id),
    index("audit_logs_by_actor_idx").on(table.actor_id, table.id),
  ],
);

export type AuditLog = typeof auditLogs.$inferSelect;
export type NewAuditLog = typeof auditLogs.$inferInsert;
