import { createRoute } from "@hono/zod-openapi";
import { callerOf } from "../../auth/caller.ts";
import type { CurrentUser } from "../../auth/current-user.ts";
import type { Users } from "../../auth/users.ts";
import type { Deps } from "../../deps.ts";
import { orNotFound } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { ifMatch, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { expectedVersion, setVersion } from "../../writes/versions.ts";
import { changeMe } from "./change-me.ts";
import { changeUser, notDeleted } from "./change-user.ts";
import { type FoundUser, findUserById, listUsers } from "./queries.ts";
import {
  changeMeInput,
  changeUserInput,
  listUsersQuery,
  type UserItem,
  UserPageSchema,
  UserSchema,
  userParams,
} from "./schemas.ts";

const tags = ["users"];

const getMeRoute = createRoute({
  method: "get",
  path: "/v1/users/me",
  operationId: "getMe",
  tags,
  summary: "The caller's own account",
  responses: { 200: json(UserSchema, "The account, made by the first request of a new user") },
});

const changeMeRoute = createRoute({
  method: "patch",
  path: "/v1/users/me",
  operationId: "updateMe",
  tags,
  summary: "Change what the caller is called",
  description: "An e-mail is changed with Clerk; role, activity and branches are an admin's to change.",
  parameters: [ifMatch],
  request: { body: { required: true, content: { "application/json": { schema: changeMeInput } } } },
  responses: {
    200: json(UserSchema, "The account as it is now"),
    ...problems("invalid", "gone", "precondition_failed"),
  },
});

const listUsersRoute = createRoute({
  method: "get",
  path: "/v1/users",
  operationId: "listUsers",
  tags,
  summary: "Accounts, the newest first",
  description: "Deleted ones are not among them.",
  request: { query: listUsersQuery },
  responses: { 200: json(UserPageSchema, "A page of accounts"), ...problems("invalid") },
});

const getUserRoute = createRoute({
  method: "get",
  path: "/v1/users/{id}",
  operationId: "getUser",
  tags,
  summary: "An account",
  request: { params: userParams },
  responses: { 200: json(UserSchema, "The account"), ...problems("invalid", "not_found", "gone") },
});

const changeUserRoute = createRoute({
  method: "patch",
  path: "/v1/users/{id}",
  operationId: "updateUser",
  tags,
  summary: "Change an account's role, activity or branches",
  description:
    "It acts on the account's next request here, and within a second everywhere. The last active admin can be neither demoted nor deactivated: 409.",
  parameters: [ifMatch],
  request: {
    params: userParams,
    body: { required: true, content: { "application/json": { schema: changeUserInput } } },
  },
  responses: {
    200: json(UserSchema, "The account as it is now"),
    ...problems("invalid", "not_found", "gone", "conflict", "precondition_failed"),
  },
});

export const userRoutes = (deps: Deps, users: Users) => {
  const { env, database } = deps;
  const cursors = openCursors(env.appSecret.secret);

  return openRoutes()
    .openapi(getMeRoute, (c) => {
      const me = callerOf(c).user;
      setVersion(c, me);
      return c.json(shown(me), 200);
    })
    .openapi(changeMeRoute, async (c) => {
      const me = await changeMe(database, callerOf(c), expectedVersion(c), c.req.valid("json"));
      users.forget(me.clerk_user_id);
      setVersion(c, me);
      return c.json(shown(me), 200);
    })
    .openapi(listUsersRoute, async (c) => {
      const filters = c.req.valid("query");
      const after = filters.cursor === undefined ? undefined : cursors.open("users", filters.cursor);
      const found = await listUsers(database, filters, after);
      const items = found.slice(0, filters.limit);
      const last = found.length > filters.limit ? items.at(-1) : undefined;
      return c.json({ items, next_cursor: last ? cursors.seal("users", [last.id]) : null }, 200);
    })
    .openapi(getUserRoute, async (c) => {
      const user = notDeleted(orNotFound(await findUserById(database, c.req.valid("param").id), "user"));
      setVersion(c, user);
      return c.json(shown(user), 200);
    })
    .openapi(changeUserRoute, async (c) => {
      const { id } = c.req.valid("param");
      const user = await changeUser(deps, callerOf(c), id, expectedVersion(c), c.req.valid("json"));
      users.forget(user.clerk_user_id);
      setVersion(c, user);
      return c.json(shown(user), 200);
    });
};

/** Without Clerk's id, which is nobody's business. */
function shown(user: CurrentUser | FoundUser): UserItem {
  const { id, email, display_name, role, is_active, property_ids, created_at, updated_at, version } = user;
  return { id, email, display_name, role, is_active, property_ids: [...property_ids], created_at, updated_at, version };
}
