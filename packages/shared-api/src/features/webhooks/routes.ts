import { createRoute } from "@hono/zod-openapi";
import type { Users } from "../../auth/users.ts";
import type { Deps } from "../../deps.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { readEvent } from "./clerk-event.ts";
import { receiveEvent } from "./receive-event.ts";
import { verifySignature } from "./verify-signature.ts";

const header = (name: string, description: string, example: string) =>
  ({ name, in: "header", required: true, schema: { type: "string" }, description, example }) as const;

const receiveClerkEventRoute = createRoute({
  method: "post",
  path: "/webhooks/clerk",
  operationId: "receiveClerkEvent",
  tags: ["webhooks"],
  summary: "What Clerk tells of a user who was created, changed or deleted",
  description:
    "For Clerk alone: the signature is the authorisation, over the body as it was sent. Events may come in any order and any number of times. 2xx is answered once what the event changes is stored; events of other kinds are accepted and ignored.",
  parameters: [
    header("svix-id", "Of the message, the same in each attempt to deliver it.", "msg_2b3c4d5e6f"),
    header("svix-timestamp", "Seconds since 1970, no more than 300 from now.", "1795248000"),
    header(
      "svix-signature",
      "`v1,` and the HMAC; several are separated by spaces.",
      "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
    ),
  ],
  request: {
    body: {
      required: true,
      content: {
        // No schema of ours: it would be checked before the signature is.
        "application/json": {
          schema: { type: "object", properties: { type: { type: "string" }, data: { type: "object" } } },
          example: { type: "user.deleted", data: { id: "user_29w83sxmDNGwOuEthce5gg56FcC", deleted: true } },
        },
      },
    },
  },
  responses: {
    204: { description: "Stored, known already, or of no interest" },
    ...problems("unauthenticated", "invalid", "unavailable", "wrong_database", "schema_behind"),
  },
});

export const webhookRoutes = ({ env, database }: Deps, users: Users) =>
  openRoutes().openapi(receiveClerkEventRoute, async (c) => {
    const { id, message } = await verifySignature(
      (name) => c.req.header(name),
      await c.req.text(),
      env.clerk.webhookSecrets,
    );
    const event = readEvent(message);
    if (event) {
      await receiveEvent({ env, database }, { id, request_id: c.get("request_id") }, event);
      users.forget(event.clerk_user_id);
    }
    return c.body(null, 204);
  });
