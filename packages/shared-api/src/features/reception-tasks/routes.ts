import { createRoute, z } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import { callerOf } from "../../auth/caller.ts";
import type { Deps } from "../../deps.ts";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { idempotencyKey, ifMatch, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { jsonText, pageText } from "../../http/json-text.ts";
import { localeOf } from "../../http/locale.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { once } from "../../writes/once.ts";
import { expectedVersion, setVersion } from "../../writes/versions.ts";
import { bookingsOf, withBookings } from "../front-desk/booking-context.ts";
import { branchOf, scopeOf } from "../front-desk/branches.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { prepareTask } from "./create-task.ts";
import { historyQuery, idParams, listQuery, NewTaskSchema, TaskPatchSchema } from "./inputs.ts";
import { findTask, findTaskOf, insertTask, listHistory, listTasks, positionOf } from "./queries.ts";
import {
  ShownTaskSchema,
  TaskHistorySchema,
  type TaskPage,
  TaskPageSchema,
  TaskPresetsSchema,
  TaskSchema,
} from "./schemas.ts";
import { updateTask } from "./update-task.ts";
import { orWhyNot } from "./why-not.ts";

const tags = ["reception-tasks"];
const writeCodes = ["invalid", "not_found", "conflict", "precondition_failed", "feature_disabled"] as const;

const localeQuery = ({ locales }: Product) =>
  z.strictObject({
    locale: z
      .enum(locales as [string, ...string[]])
      .optional()
      .openapi({ description: "Of a preset's title. Beats `Accept-Language`." }),
  });

const listPresetsRoute = (product: Product) =>
  createRoute({
    method: "get",
    path: "/v1/front-desk/task-presets",
    operationId: "listTaskPresets",
    tags,
    summary: "The tasks that this product's reception makes again and again",
    request: { query: localeQuery(product) },
    responses: { 200: json(TaskPresetsSchema, "All of them, on one page"), ...problems("invalid", "feature_disabled") },
  });

const listTasksRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/tasks",
  operationId: "listTasks",
  tags,
  summary: "What reception has to do",
  description: "Guests' names are read from core at this moment and stored nowhere; that they were shown is recorded.",
  request: { query: listQuery },
  responses: { 200: json(TaskPageSchema, "A page of tasks"), ...problems("invalid", "not_found", "feature_disabled") },
});

const createTaskRoute = (product: Product) =>
  createRoute({
    method: "post",
    path: "/v1/front-desk/tasks",
    operationId: "createTask",
    tags,
    summary: "A new task",
    parameters: [idempotencyKey],
    request: {
      query: localeQuery(product),
      body: { required: true, content: { "application/json": { schema: NewTaskSchema } } },
    },
    responses: {
      201: json(TaskSchema, "The task, open"),
      ...problems("invalid", "pii_detected", "not_found", "conflict", "gone", "feature_disabled", "core_unavailable"),
    },
  });

const getTaskRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/tasks/{id}",
  operationId: "getTask",
  tags,
  summary: "A task",
  request: { params: idParams },
  responses: {
    200: json(ShownTaskSchema, "The task, and its version as `ETag`"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const updateTaskRoute = createRoute({
  method: "patch",
  path: "/v1/front-desk/tasks/{id}",
  operationId: "updateTask",
  tags,
  summary: "Changes an unfinished task",
  description: "Without text and `due_local` it works while core is away.",
  parameters: [ifMatch],
  request: {
    params: idParams,
    body: { required: true, content: { "application/json": { schema: TaskPatchSchema } } },
  },
  responses: {
    200: json(TaskSchema, "The task as it is now"),
    ...problems(...writeCodes, "pii_detected", "core_unavailable"),
  },
});

const listHistoryRoute = createRoute({
  method: "get",
  path: "/v1/front-desk/tasks/{id}/history",
  operationId: "listTaskHistory",
  tags,
  summary: "Who did what with a task, the first thing first",
  request: { params: idParams, query: historyQuery },
  responses: {
    200: json(TaskHistorySchema, "A page of what was done"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

export const receptionTaskRoutes = (product: Product, deps: Deps) => {
  const { env, database } = deps;
  const cursors = openCursors(env.appSecret.secret);

  return openRoutes()
    .openapi(listPresetsRoute(product), (c) => {
      frontDesk(deps);
      const locale = localeOf(c, product, c.req.valid("query").locale);
      const items = Object.entries(product.taskPresets).map(([code, { titles, category, priority, due = null }]) => {
        return { code, title: titles[locale] ?? "", category, priority, due };
      });
      return c.json({ items, next_cursor: null }, 200);
    })
    .openapi(listTasksRoute, async (c) => {
      const stores = frontDesk(deps);
      const caller = callerOf(c);
      const query = c.req.valid("query");
      const { property_id, sort, limit, cursor } = query;
      if (property_id !== undefined) branchOf(caller.user, env, property_id);
      const list = `tasks by ${sort}`;
      const after = cursor === undefined ? undefined : cursors.open(list, cursor);

      const found = await listTasks(database, scopeOf(caller.user, env), query, caller.user.id, after);
      const tasks = found.slice(0, limit);
      const last = found.length > limit ? tasks.at(-1) : undefined;
      const viewed = { entity: "branch", entity_id: property_id ?? null, details: { list: "tasks" } };
      const { bookings, degraded } = await bookingsOf(stores, caller, viewed, tasks);
      const items = tasks.map(
        ({ json }, index) => `${json.slice(0, -1)},"booking":${JSON.stringify(bookings[index] ?? null)}}`,
      );
      const next = last ? cursors.seal(list, positionOf(sort, last)) : null;
      return jsonText<TaskPage>(c, pageText(items, next, { degraded }));
    })
    .openapi(createTaskRoute(product), async (c) => {
      const stores = frontDesk(deps);
      const caller = callerOf(c);
      const input = c.req.valid("json");
      branchOf(caller.user, env, input.property_id);
      const locale = localeOf(c, product, c.req.valid("query").locale);
      const task = await once(c, stores, {
        prepare: () => prepareTask(stores, product, input, locale),
        make: (to, values) => insertTask(to, caller, values),
        find: (id) => findTask(database, scopeOf(caller.user, env), id),
        idOf: (made) => made?.id ?? null,
      });
      if (!task) throw await hasItsTask(deps, input.notification_id ?? "");
      setVersion(c, task);
      return c.json(task, 201);
    })
    .openapi(getTaskRoute, async (c) => {
      const stores = frontDesk(deps);
      const caller = callerOf(c);
      const { id } = c.req.valid("param");
      const task = orNotFound(await findTask(database, scopeOf(caller.user, env), id), "task");
      const { items, degraded } = await withBookings(stores, caller, { entity: "task", entity_id: id }, [task]);
      setVersion(c, task);
      return c.json({ ...task, booking: items[0]?.booking ?? null, degraded }, 200);
    })
    .openapi(updateTaskRoute, async (c) => {
      const stores = frontDesk(deps);
      const caller = callerOf(c);
      const { id } = c.req.valid("param");
      const wanted = { id, scope: scopeOf(caller.user, env), version: expectedVersion(c) };
      const updated = await updateTask(stores, caller, wanted, c.req.valid("json"));
      const task = await orWhyNot(database, wanted, updated, "It is done or cancelled");
      setVersion(c, task);
      return c.json(task, 200);
    })
    .openapi(listHistoryRoute, async (c) => {
      frontDesk(deps);
      const { user } = callerOf(c);
      const { id } = c.req.valid("param");
      const { limit, cursor } = c.req.valid("query");
      orNotFound(await findTask(database, scopeOf(user, env), id), "task");
      const list = `history of ${id}`;
      const after = cursor === undefined ? null : String(cursors.open(list, cursor)[0]);

      const found = await listHistory(database, id, { limit: limit + 1, after });
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return c.json({ items, next_cursor: last ? cursors.seal(list, [last.id]) : null }, 200);
    });
};

/** There is one task for a notification, ever. */
async function hasItsTask({ database }: Deps, notification_id: string): Promise<AppError> {
  const task = await findTaskOf(database, notification_id);
  return new AppError("conflict", `This notification has its task${task ? `, ${task.id}` : ""}`);
}
