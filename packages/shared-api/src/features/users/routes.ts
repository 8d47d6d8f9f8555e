import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { roles } from "@whitelabel/shared-db";
import { callerOf } from "../../auth/caller.ts";
import type { AppEnv } from "../../deps.ts";
import { instant, json } from "../../http/describe.ts";

const UserSchema = z
  .object({
    id: z.int().openapi({ example: 7 }),
    email: z
      .string()
      .nullable()
      .openapi({ example: "agent.dev@bestays.app", description: "Null until Clerk tells us." }),
    display_name: z.string().nullable().openapi({ example: "Somchai" }),
    role: z.enum(roles),
    property_ids: z.array(z.string()).openapi({ example: ["BKK-01"], description: "The branches an agent works for." }),
    created_at: instant(),
    updated_at: instant(),
    version: z.int().openapi({ example: 1 }),
  })
  .openapi("User");

const getMeRoute = createRoute({
  method: "get",
  path: "/v1/users/me",
  operationId: "getMe",
  tags: ["users"],
  summary: "The caller's own account",
  responses: { 200: json(UserSchema, "The account, made by the first request of a new user") },
});

export const userRoutes = () =>
  new OpenAPIHono<AppEnv>().openapi(getMeRoute, (c) => {
    const { id, email, display_name, role, property_ids, created_at, updated_at, version } = callerOf(c).user;
    const me = { id, email, display_name, role, property_ids: [...property_ids], created_at, updated_at, version };
    return c.json(me, 200);
  });
