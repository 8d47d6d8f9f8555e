import { z } from "@hono/zod-openapi";
import { branchId } from "../front-desk/schemas.ts";

export const eventsQuery = z.strictObject({
  property_id: branchId().optional().openapi({ description: "All of the caller's branches if left out." }),
});

export const eventsHeaders = z.object({
  "last-event-id": z
    .string()
    .optional()
    .openapi({ example: "1042", description: "The `id` of the last event that was read: it goes on after it." }),
});

/** What `data` holds, for the typed client: OpenAPI 3.1 has no place for the type of a stream's events. */
const eventData = {
  type: "object",
  properties: {
    position: { type: "integer", example: 1043 },
    kind: { type: "string", example: "task.created" },
    property_id: { type: "string", example: "BKK-01" },
    entity: { type: "string", example: "task" },
    entity_id: { type: "string", example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" },
    created_at: { type: "string", format: "date-time", example: "2026-11-21T04:00:00.123Z" },
  },
  required: ["position"], // all that `ready` and `reset` have
} as const;

export const eventStream = {
  description: "The stream. Each event is `id`, `event` and `data`, as the description says.",
  content: {
    "text/event-stream": {
      "x-event-data": eventData,
      schema: z.string().openapi({
        example:
          'id: 1043\nevent: task.created\ndata: {"position":1043,"kind":"task.created","property_id":"BKK-01","entity":"task","entity_id":"0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10","created_at":"2026-11-21T04:00:00.123Z"}\n\n',
      }),
    },
  },
};

export const eventsDescription = `Server-sent events: that something changed, and its id; what it is now is asked for
with the other routes. Read it with fetch, since EventSource sends no Authorization header.

- \`id\` is the position, \`event\` the kind (\`task.created\`, \`notification.created\`, …), \`data\` an object with
  \`position\`, \`kind\`, \`property_id\`, \`entity\`, \`entity_id\` and \`created_at\`. Positions rise; not every number occurs.
- A new client is told \`event: ready\` with the current position first and then what happens from there on.
- With \`Last-Event-ID\` it goes on after that position, without loss or repetition. Where that is no longer possible
  (older than seven days, or of a database that was restored) comes \`event: reset\` with the current position: read the
  lists anew.
- Every 15 s without an event comes a comment. Comments may carry an \`id\`: a position past events of other branches.
- The caller's role, branches and token are looked at every 30 s, and a stream lasts 15 minutes at most. It then ends with
  \`retry\`: come back with a fresh token and \`Last-Event-ID\`. Clerk's tokens live a minute, so that is the usual end.
- A client that stops reading is disconnected, and may come back likewise.`;
