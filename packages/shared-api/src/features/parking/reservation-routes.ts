import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { callerOf } from "../../auth/caller.ts";
import type { AppEnv, Deps } from "../../deps.ts";
import { orNotFound } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { idempotencyKey, ifMatch, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { once } from "../../writes/once.ts";
import { expectedVersion, setVersion } from "../../writes/versions.ts";
import { withBookings } from "../front-desk/booking-context.ts";
import { branchOf, scopeOf } from "../front-desk/branches.ts";
import { stayOf } from "../front-desk/stays.ts";
import { parking } from "./parking.ts";
import { openPlates } from "./plates.ts";
import { findReservation, listReservations, type Step } from "./reservations.ts";
import { moveReservation, reserveParking, wantedBy } from "./reserve-parking.ts";
import {
  idParams,
  newReservation,
  plateLookup,
  type Reservation,
  ReservationDetailSchema,
  ReservationPageSchema,
  reservationQuery,
} from "./schemas.ts";

const tags = ["parking"];
const path = "/v1/front-desk/parking/reservations";
const one = (description: string) => json(ReservationDetailSchema, `${description}; its \`ETag\` is its version`);
const stepProblems = problems("invalid", "not_found", "feature_disabled", "conflict", "precondition_failed");

const listReservationsRoute = createRoute({
  method: "get",
  path,
  operationId: "listParkingReservations",
  tags,
  summary: "Who has which space when",
  description:
    "In the order in which they begin. Guests' names are read from core now, and that they were shown is recorded.",
  request: { query: reservationQuery },
  responses: {
    200: json(ReservationPageSchema, "A page of reservations"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const createReservationRoute = createRoute({
  method: "post",
  path,
  operationId: "createParkingReservation",
  tags,
  summary: "Reserve a space for a booking",
  description:
    "A space is never double-booked: of those who want it for periods that overlap one gets it, the others 409. One period may begin at the instant at which another ends. A period is a year at most. While core is away nothing is reserved, since nobody can say whose booking it is.",
  parameters: [idempotencyKey],
  request: { body: { required: true, content: { "application/json": { schema: newReservation } } } },
  responses: {
    201: one("The reservation"),
    ...problems("invalid", "not_found", "feature_disabled", "conflict", "gone", "core_unavailable"),
  },
});

const getReservationRoute = createRoute({
  method: "get",
  path: `${path}/{id}`,
  operationId: "getParkingReservation",
  tags,
  summary: "A reservation",
  request: { params: idParams },
  responses: { 200: one("The reservation"), ...problems("invalid", "not_found", "feature_disabled") },
});

const arriveRoute = createRoute({
  method: "put",
  path: `${path}/{id}/arrival`,
  operationId: "arriveAtParking",
  tags,
  summary: "The car has come",
  parameters: [ifMatch],
  request: { params: idParams },
  responses: { 200: one("The reservation as it is now"), ...stepProblems },
});

const departRoute = createRoute({
  method: "put",
  path: `${path}/{id}/departure`,
  operationId: "departFromParking",
  tags,
  summary: "The car has left, which ends the period",
  parameters: [ifMatch],
  request: { params: idParams },
  responses: { 200: one("The reservation as it is now"), ...stepProblems },
});

const cancelRoute = createRoute({
  method: "delete",
  path: `${path}/{id}`,
  operationId: "cancelParkingReservation",
  tags,
  summary: "Cancel a reservation that nobody has come for yet",
  description: "Its space is free at once. Cancelling it again is 204 again, and does nothing.",
  parameters: [ifMatch],
  request: { params: idParams },
  responses: { 204: { description: "It is cancelled" }, ...stepProblems },
});

const lookUpPlateRoute = createRoute({
  method: "post",
  path: "/v1/front-desk/parking/plate-lookups",
  operationId: "lookUpParkingPlate",
  tags,
  summary: "Whose car it is",
  description:
    "The reservations of a branch with this plate, the earliest first. It is asked for with POST so that no plate stands in an address.",
  request: { body: { required: true, content: { "application/json": { schema: plateLookup } } } },
  responses: {
    200: json(ReservationPageSchema, "At most 100 reservations, those that are over included for 30 days"),
    ...problems("invalid", "not_found", "feature_disabled"),
  },
});

const LIST = "parking-reservations";

export const reservationRoutes = (deps: Deps) => {
  const cursors = openCursors(deps.env.appSecret.secret);
  const plates = openPlates(deps.env.appSecret.secret);

  return openRoutes()
    .openapi(listReservationsRoute, async (c) => {
      const stores = parking(deps);
      const caller = callerOf(c);
      const query = c.req.valid("query");
      if (query.property_id !== undefined) branchOf(caller.user, stores.env, query.property_id);
      const [from, id] = query.cursor === undefined ? [] : cursors.open(LIST, query.cursor);
      const after = id === undefined ? undefined : { from: `${from}`, id: `${id}` };
      const found = await listReservations(stores.database, scopeOf(caller.user, stores.env), query, after);
      const rows = found.slice(0, query.limit);
      const last = found.length > query.limit ? rows.at(-1) : undefined;
      const viewed = { entity: "parking_reservations", entity_id: null };
      const page = await withBookings(stores, caller, viewed, rows);
      return c.json({ ...page, next_cursor: last ? cursors.seal(LIST, [last.period.from, last.id]) : null }, 200);
    })
    .openapi(createReservationRoute, async (c) => {
      const stores = parking(deps);
      const caller = callerOf(c);
      const { booking_id, plate, ...wanted } = c.req.valid("json");
      const scope = scopeOf(caller.user, stores.env);
      const plate_hmac = plate === undefined ? null : plates.hmac(plate);
      const made = await once(c, stores, {
        prepare: () => stayOf(caller.user, stores.env, stores.core, booking_id),
        make: (to, stay) => reserveParking(to, caller, scope, { ...wanted, ...wantedBy(caller, stay), plate_hmac }),
        find: (id) => findReservation(stores.database, { scope }, id),
        idOf: ({ id }) => id,
      });
      return c.json(await shown(c, made), 201);
    })
    .openapi(getReservationRoute, async (c) => {
      const { database, env } = parking(deps);
      const reach = { scope: scopeOf(callerOf(c).user, env) };
      const found = await findReservation(database, reach, c.req.valid("param").id);
      return c.json(await shown(c, orNotFound(found, "parking reservation")), 200);
    })
    .openapi(arriveRoute, async (c) => c.json(await shown(c, await move(c, "arrived", c.req.valid("param").id)), 200))
    .openapi(departRoute, async (c) => c.json(await shown(c, await move(c, "departed", c.req.valid("param").id)), 200))
    .openapi(cancelRoute, async (c) => {
      await move(c, "cancelled", c.req.valid("param").id);
      return c.body(null, 204);
    })
    .openapi(lookUpPlateRoute, async (c) => {
      const stores = parking(deps);
      const caller = callerOf(c);
      const { property_id, plate } = c.req.valid("json");
      branchOf(caller.user, stores.env, property_id);
      const rows = await listReservations(
        stores.database,
        [property_id],
        { limit: 100, plate_hmac: plates.hmac(plate) },
        undefined,
      );
      const viewed = { entity: "parking_reservations", entity_id: null, details: { by: "plate" } };
      const page = await withBookings(stores, caller, viewed, rows.slice(0, 100));
      return c.json({ ...page, next_cursor: null }, 200);
    });

  async function move(c: Context<AppEnv>, step: Step, id: string): Promise<Reservation> {
    const { database, env } = parking(deps);
    const caller = callerOf(c);
    const target = { id, scope: scopeOf(caller.user, env), version: expectedVersion(c) };
    return await moveReservation(database, caller, step, target);
  }

  /** With the guest's name; what was written is told even if core, or the record of who looked, is away. */
  async function shown(c: Context<AppEnv>, row: Reservation) {
    setVersion(c, row);
    const viewed = { entity: "parking_reservations", entity_id: row.id };
    const { items, degraded } = await withBookings(parking(deps), callerOf(c), viewed, [row]);
    return { booking: null, ...row, ...items[0], degraded };
  }
};
