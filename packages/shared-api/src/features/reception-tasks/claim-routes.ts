import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { callerOf } from "../../auth/caller.ts";
import type { AppEnv, Deps } from "../../deps.ts";
import { orNotFound } from "../../http/app-error.ts";
import { idempotencyKey, ifMatch, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { once } from "../../writes/once.ts";
import { expectedVersion, setVersion } from "../../writes/versions.ts";
import { withBookings } from "../front-desk/booking-context.ts";
import { branchOf, scopeOf } from "../front-desk/branches.ts";
import { frontDesk } from "../front-desk/front-desk.ts";
import { guardText } from "../front-desk/guard-text.ts";
import { cancelTask, claimNext, claimTask, completeTask, keepClaim, releaseTask } from "./claims.ts";
import {
  CancellationSchema,
  ClaimSchema,
  CompletionSchema,
  idParams,
  NextClaimSchema,
  releaseQuery,
} from "./inputs.ts";
import { findTask } from "./queries.ts";
import { ShownTaskSchema, TaskSchema } from "./schemas.ts";
import { orWhyNot } from "./why-not.ts";

const tags = ["reception-tasks"];
const codes = ["invalid", "not_found", "conflict", "precondition_failed", "feature_disabled"] as const;
const leases =
  "A claim is a lease of 60 seconds by the database's clock. A heartbeat, a release and a completion need the claim's own `fencing_token` and a lease that still runs, else they are 409.";

const claimNextRoute = createRoute({
  method: "post",
  path: "/v1/front-desk/task-claims",
  operationId: "claimNextTask",
  tags,
  summary: "Claims the next task of a branch",
  description: `The most pressing one that nobody claims, of these the one due first; one whose claim has lapsed counts. ${leases}`,
  parameters: [idempotencyKey],
  request: { body: { required: true, content: { "application/json": { schema: NextClaimSchema } } } },
  responses: {
    200: json(ShownTaskSchema, "The task, claimed by you until `lease_until`"),
    204: { description: "There is nothing to do" },
    ...problems("invalid", "not_found", "conflict", "gone", "feature_disabled"),
  },
});

const claimRoute = createRoute({
  method: "put",
  path: "/v1/front-desk/tasks/{id}/claim",
  operationId: "claimTask",
  tags,
  summary: "Claims this task, or keeps a claim alive",
  description: `Without \`fencing_token\` it claims, with it it is a heartbeat, which leaves \`version\` as it is. ${leases}`,
  parameters: [ifMatch],
  request: { params: idParams, body: { content: { "application/json": { schema: ClaimSchema } } } },
  responses: {
    200: json(TaskSchema, "The task, claimed by you until `lease_until`"),
    ...problems(...codes),
  },
});

const releaseRoute = createRoute({
  method: "delete",
  path: "/v1/front-desk/tasks/{id}/claim",
  operationId: "releaseTask",
  tags,
  summary: "Gives a claimed task back",
  parameters: [ifMatch],
  request: { params: idParams, query: releaseQuery },
  responses: {
    200: json(TaskSchema, "The task, open"),
    ...problems(...codes),
  },
});

const completeRoute = createRoute({
  method: "put",
  path: "/v1/front-desk/tasks/{id}/completion",
  operationId: "completeTask",
  tags,
  summary: "A claimed task is done",
  description: "Without a note it works while core is away.",
  parameters: [ifMatch],
  request: {
    params: idParams,
    body: { required: true, content: { "application/json": { schema: CompletionSchema } } },
  },
  responses: {
    200: json(TaskSchema, "The task, done"),
    ...problems(...codes, "pii_detected", "core_unavailable"),
  },
});

const cancelRoute = createRoute({
  method: "put",
  path: "/v1/front-desk/tasks/{id}/cancellation",
  operationId: "cancelTask",
  tags,
  summary: "A task is not needed any more",
  description:
    "Whoever claims it is told with 409 when they complete it. Without a reason it works while core is away.",
  parameters: [ifMatch],
  request: { params: idParams, body: { content: { "application/json": { schema: CancellationSchema } } } },
  responses: {
    200: json(TaskSchema, "The task, cancelled"),
    ...problems(...codes, "pii_detected", "core_unavailable"),
  },
});

const notHeld = "You do not hold this claim: it has lapsed, the token is of another claim, or the task is finished";

export const taskClaimRoutes = (deps: Deps) => {
  const { env, database } = deps;

  /** Whoever calls, and the task that they name in the version that they want. */
  const asked = (c: Context<AppEnv>, { id }: { id: string }) => {
    const caller = callerOf(c);
    return { caller, wanted: { id, scope: scopeOf(caller.user, env), version: expectedVersion(c) } };
  };

  return openRoutes()
    .openapi(claimNextRoute, async (c) => {
      const stores = frontDesk(deps);
      const caller = callerOf(c);
      const property_id = branchOf(caller.user, env, c.req.valid("json").property_id);
      const task = await once(c, stores, {
        make: (to) => claimNext(to, caller, property_id),
        find: (id) => findTask(database, scopeOf(caller.user, env), id),
        idOf: (made) => made?.id ?? null,
      });
      if (!task) return c.body(null, 204);
      const { items, degraded } = await withBookings(stores, caller, { entity: "task", entity_id: task.id }, [task]);
      setVersion(c, task);
      return c.json({ ...task, booking: items[0]?.booking ?? null, degraded }, 200);
    })
    .openapi(claimRoute, async (c) => {
      frontDesk(deps);
      const { caller, wanted } = asked(c, c.req.valid("param"));
      const { fencing_token } = c.req.valid("json");
      const claimed =
        fencing_token === undefined
          ? await claimTask(database, caller, wanted)
          : await keepClaim(database, caller, wanted, fencing_token);
      const conflict = fencing_token === undefined ? "It is claimed already, or finished" : notHeld;
      const task = await orWhyNot(database, wanted, claimed, conflict);
      setVersion(c, task);
      return c.json(task, 200);
    })
    .openapi(releaseRoute, async (c) => {
      frontDesk(deps);
      const { caller, wanted } = asked(c, c.req.valid("param"));
      const released = await releaseTask(database, caller, wanted, c.req.valid("query").fencing_token);
      const task = await orWhyNot(database, wanted, released, notHeld);
      setVersion(c, task);
      return c.json(task, 200);
    })
    .openapi(completeRoute, async (c) => {
      const stores = frontDesk(deps);
      const { caller, wanted } = asked(c, c.req.valid("param"));
      const { fencing_token, resolution } = c.req.valid("json");
      const note = await guardNote(stores, wanted, { resolution });
      const done = await completeTask(database, caller, wanted, { fencing_token, resolution: note });
      const task = await orWhyNot(database, wanted, done, notHeld);
      setVersion(c, task);
      return c.json(task, 200);
    })
    .openapi(cancelRoute, async (c) => {
      const stores = frontDesk(deps);
      const { caller, wanted } = asked(c, c.req.valid("param"));
      const { reason } = c.req.valid("json");
      const note = await guardNote(stores, wanted, { reason });
      const cancelled = await cancelTask(database, caller, wanted, note);
      const task = await orWhyNot(database, wanted, cancelled, "It is done or cancelled already");
      setVersion(c, task);
      return c.json(task, 200);
    });
};

/** The one note of a body, checked; null if there is none, and then neither the task nor core is asked for. */
async function guardNote(
  stores: ReturnType<typeof frontDesk>,
  { id, scope }: Parameters<typeof orWhyNot>[1],
  texts: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const [note] = Object.values(texts);
  if (!note) return null;
  const { property_id, booking_id } = orNotFound(await findTask(stores.database, scope, id), "task");
  await guardText(stores, { property_id, booking_id }, texts);
  return note;
}
