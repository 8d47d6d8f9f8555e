import { createRoute } from "@hono/zod-openapi";
import type { Deps } from "../../deps.ts";
import { openCursors } from "../../http/cursor.ts";
import { json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { listAuditLogs } from "./queries.ts";
import { AuditLogPageSchema, listAuditLogsQuery } from "./schemas.ts";

const listAuditLogsRoute = createRoute({
  method: "get",
  path: "/v1/audit-logs",
  operationId: "listAuditLogs",
  tags: ["audit-logs"],
  summary: "What happened, the newest first",
  description:
    "Changes, refusals of callers who are known (`access.denied`) and views of guests' data (`guest_data.viewed`). Rows are never changed or removed.",
  request: { query: listAuditLogsQuery },
  responses: { 200: json(AuditLogPageSchema, "A page of the log"), ...problems("invalid") },
});

export const auditLogRoutes = ({ env, database }: Deps) => {
  const cursors = openCursors(env.appSecret.secret);

  return openRoutes().openapi(listAuditLogsRoute, async (c) => {
    const filters = c.req.valid("query");
    const after = filters.cursor === undefined ? undefined : cursors.open("audit-logs", filters.cursor);
    const found = await listAuditLogs(database, filters, after);
    const items = found.slice(0, filters.limit);
    const last = found.length > filters.limit ? items.at(-1) : undefined;
    return c.json({ items, next_cursor: last ? cursors.seal("audit-logs", [last.id]) : null }, 200);
  });
};
