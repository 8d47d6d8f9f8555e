import { z } from "@hono/zod-openapi";
import { actorTypes } from "@whitelabel/shared-db";
import { instant, searchText } from "../../http/describe.ts";
import { pageOf, paging } from "../../http/paging.ts";
import { intParam } from "../users/schemas.ts";

const AuditLogSchema = z
  .object({
    id: z.uuid().openapi({ example: "019a9b1e-5d1b-7c3a-8f00-3f5b0a1c2d3e" }),
    actor_type: z.enum(actorTypes),
    actor_id: z.int().nullable().openapi({ example: 7, description: "The user's id; null for guests and the system." }),
    action: z.string().openapi({ example: "user.updated" }),
    entity: z.string().openapi({ example: "user" }),
    entity_id: z.string().nullable().openapi({ example: "12" }),
    changed_fields: z.array(z.string()).openapi({ example: ["role"] }),
    details: z
      .record(z.string(), z.unknown())
      .openapi({ example: { before: { role: "user" }, after: { role: "agent" } } }),
    request_id: z.string().nullable().openapi({ example: "4f6c0c35-6a2e-4d5f-9a52-0f4d5c0a9d1e" }),
    created_at: instant(),
  })
  .openapi("AuditLog", {
    description: "What happened and by whom: ids, names of fields and values that are nobody's.",
  });

export type AuditLogItem = z.infer<typeof AuditLogSchema>;

export const AuditLogPageSchema = pageOf(AuditLogSchema).openapi("AuditLogPage");

/** With an offset, so that nobody's zone is guessed. PostgreSQL counts years from 1. */
const time = (description: string) =>
  z.iso
    .datetime({ offset: true })
    .refine((text) => !text.startsWith("0000"), "There is no year 0")
    .optional()
    .openapi({ format: "date-time", example: "2026-11-21T04:00:00Z", description });

export const listAuditLogsQuery = z.strictObject({
  actor_type: z.enum(actorTypes).optional(),
  actor_id: intParam().optional(),
  action: searchText(100).optional().openapi({ example: "access.denied" }),
  entity: searchText(100).optional().openapi({ example: "user" }),
  entity_id: searchText(255).optional().openapi({ example: "12" }),
  request_id: searchText(64).optional(),
  from: time("Not before."),
  to: time("Before, this instant excluded."),
  ...paging,
});

export type ListAuditLogs = z.infer<typeof listAuditLogsQuery>;
