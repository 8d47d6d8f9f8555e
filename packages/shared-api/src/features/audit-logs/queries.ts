import type { Database } from "@whitelabel/shared-db";
import type { Values } from "../../http/cursor.ts";
import { conditions } from "../../writes/conditions.ts";
import type { AuditLogItem, ListAuditLogs } from "./schemas.ts";

const equal = ["actor_type", "actor_id", "action", "entity", "entity_id", "request_id"] as const;

/** Newest first, after a position; one more than `limit`. Ids are ordered by time, so every index pages by them. */
export function listAuditLogs(
  { query }: Database,
  filters: ListAuditLogs,
  after: Values | undefined,
): Promise<AuditLogItem[]> {
  const where = conditions();
  const { param } = where;
  where.add("true");
  for (const field of equal) {
    const value = filters[field];
    if (value !== undefined) where.add(`${field} = ${param(value)}`);
  }
  if (filters.from) where.add(`created_at >= ${param(filters.from)}::timestamptz`);
  if (filters.to) where.add(`created_at < ${param(filters.to)}::timestamptz`);
  if (after) where.add(`id < ${param(after[0])}::uuid`);
  return query<AuditLogItem>(
    `select id, actor_type, actor_id, action, entity, entity_id, changed_fields, details, request_id, created_at
    from audit_logs where ${where.text()} order by id desc limit ${param(filters.limit + 1)}`,
    where.params,
  );
}
