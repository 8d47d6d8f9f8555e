import { createRoute } from "@hono/zod-openapi";
import { guestOf } from "../../auth/caller.ts";
import type { CurrentGuest } from "../../auth/guest-links.ts";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../http/app-error.ts";
import { openCursors } from "../../http/cursor.ts";
import { idempotencyKey, ifMatch, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { once } from "../../writes/once.ts";
import { expectedVersion, setVersion } from "../../writes/versions.ts";
import { parking } from "../parking/parking.ts";
import { faultOf } from "../parking/period.ts";
import { openPlates } from "../parking/plates.ts";
import { findReservation, listReservations } from "../parking/reservations.ts";
import { moveReservation } from "../parking/reserve-parking.ts";
import type { Reservation } from "../parking/schemas.ts";
import { listAvailability } from "../parking/spaces.ts";
import { ownStay } from "./own-stay.ts";
import { expectWithinStay, reserveOwnParking } from "./reserve-own-parking.ts";
import {
  idParams,
  listQuery,
  newOwnReservation,
  OwnAvailabilitySchema,
  type OwnReservation,
  OwnReservationPageSchema,
  OwnReservationSchema,
  ownAvailabilityQuery,
} from "./schemas.ts";

const tags = ["guest"];
const path = "/v1/guest/parking/reservations";

const ownAvailabilityRoute = createRoute({
  method: "get",
  path: "/v1/guest/parking/availability",
  operationId: "getOwnParkingAvailability",
  tags,
  summary: "The spaces that are free, for the whole stay or a part of it",
  request: { query: ownAvailabilityQuery },
  responses: {
    200: json(OwnAvailabilitySchema, "The free spaces, by label"),
    ...problems("invalid", "feature_disabled", "gone", "core_unavailable"),
  },
});

const listOwnReservationsRoute = createRoute({
  method: "get",
  path,
  operationId: "listOwnParkingReservations",
  tags,
  summary: "The spaces that are reserved for this booking",
  request: { query: listQuery },
  responses: {
    200: json(OwnReservationPageSchema, "In the order in which they begin"),
    ...problems("invalid", "feature_disabled"),
  },
});

const createOwnReservationRoute = createRoute({
  method: "post",
  path,
  operationId: "createOwnParkingReservation",
  tags,
  summary: "Reserve a parking space",
  description: "During the stay, a day more at either end; at any time one space for each room of the booking at most.",
  parameters: [idempotencyKey],
  request: { body: { required: true, content: { "application/json": { schema: newOwnReservation } } } },
  responses: {
    201: json(OwnReservationSchema, "The reservation; its `ETag` is its version"),
    ...problems("invalid", "not_found", "feature_disabled", "conflict", "gone", "core_unavailable"),
  },
});

const cancelOwnReservationRoute = createRoute({
  method: "delete",
  path: `${path}/{id}`,
  operationId: "cancelOwnParkingReservation",
  tags,
  summary: "Cancel a reservation that is not used yet",
  description: "Its space is free at once. Cancelling it again is 204 again, and does nothing.",
  parameters: [ifMatch],
  request: { params: idParams },
  responses: {
    204: { description: "It is cancelled" },
    ...problems("invalid", "not_found", "feature_disabled", "conflict", "precondition_failed"),
  },
});

export const guestParkingRoutes = (deps: Deps) => {
  const cursors = openCursors(deps.env.appSecret.secret);
  const plates = openPlates(deps.env.appSecret.secret);

  return openRoutes()
    .openapi(ownAvailabilityRoute, async (c) => {
      const { core, database } = parking(deps);
      const { guest } = guestOf(c);
      const { hours } = await ownStay(core, guest);
      const period = { ...hours, ...defined(c.req.valid("query")) };
      const fault = faultOf(period);
      if (fault)
        throw new AppError("invalid", "The request is not valid", { errors: [{ path: "query", message: fault }] });
      const spaces = await listAvailability(database, guest.property_id, period, undefined);
      const items = spaces.filter((space) => space.is_available).map(({ id, label, kind }) => ({ id, label, kind }));
      return c.json({ period, items }, 200);
    })
    .openapi(listOwnReservationsRoute, async (c) => {
      const { database } = parking(deps);
      const { guest } = guestOf(c);
      const { limit, cursor } = c.req.valid("query");
      const list = `own parking ${guest.link_id}`;
      const [from, id] = cursor === undefined ? [] : cursors.open(list, cursor);
      const after = id === undefined ? undefined : { from: `${from}`, id: `${id}` };
      const { scope, booking_id } = reachOf(guest);
      const found = await listReservations(database, scope, { limit, booking_id }, after);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      const next_cursor = last ? cursors.seal(list, [last.period.from, last.id]) : null;
      return c.json({ items: items.map(own), next_cursor }, 200);
    })
    .openapi(createOwnReservationRoute, async (c) => {
      const stores = parking(deps);
      const author = guestOf(c);
      const { plate, ...wanted } = c.req.valid("json");
      const plate_hmac = plate === undefined ? null : plates.hmac(plate);
      const made = await once(c, stores, {
        prepare: async () => {
          const stay = await ownStay(stores.core, author.guest);
          expectWithinStay(wanted.period, stay);
          return stay;
        },
        make: (to, stay) => reserveOwnParking(to, author, stay, { ...wanted, plate_hmac }),
        find: (id) => findReservation(stores.database, reachOf(author.guest), id),
        idOf: ({ id }) => id,
      });
      setVersion(c, made);
      return c.json(own(made), 201);
    })
    .openapi(cancelOwnReservationRoute, async (c) => {
      const author = guestOf(c);
      const target = { ...reachOf(author.guest), id: c.req.valid("param").id, version: expectedVersion(c) };
      await moveReservation(parking(deps).database, author, "cancelled", target);
      return c.body(null, 204);
    });
};

/** Only that booking, whatever id is asked for. */
const reachOf = ({ property_id, booking_id }: CurrentGuest) => ({ scope: [property_id], booking_id });

function own(reservation: Reservation): OwnReservation {
  const { id, space_id, space_label, period, state, has_plate, created_at, updated_at, version } = reservation;
  return { id, space_id, space_label, period, state, has_plate, created_at, updated_at, version };
}

function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
