import { z } from "@hono/zod-openapi";
import { instant } from "../../http/describe.ts";
import { pageOf, paging } from "../../http/paging.ts";
import { bookingId, branchId, degraded, GuestContextSchema } from "../front-desk/schemas.ts";
import { requestKind, requestState, requestText } from "../guest-requests/schemas.ts";
import { checkPeriod, sentInstant } from "../parking/period.ts";
import { AvailableSpaceSchema, newReservation, ReservationSchema } from "../parking/schemas.ts";

const id = () => z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" });
export const idParams = z.object({ id: id() });

export const GuestBookingSchema = z
  .object({
    booking_id: bookingId(),
    property_id: branchId(),
    branch: z
      .object({
        name: z.string().nullable().openapi({ example: "Bangkok Riverside" }),
        city: z.string().nullable().openapi({ example: "Bangkok" }),
        time_zone: z.string().nullable().openapi({ example: "Asia/Bangkok" }),
      })
      .nullable(),
    booking: GuestContextSchema.nullable().openapi({ description: "As core has it now. Null when `degraded`." }),
    rooms: z.array(
      z.object({
        room_name: z.string().nullable().openapi({ example: "204" }),
        room_type: z.string().nullable().openapi({ example: "Deluxe" }),
      }),
    ),
    degraded: degraded("core", "audit"),
  })
  .openapi("GuestBooking");
export type GuestBooking = z.infer<typeof GuestBookingSchema>;

export const listQuery = z.strictObject(paging);

export const OwnRequestSchema = z
  .object({
    id: id(),
    kind: requestKind(),
    text: z.string().openapi({
      example: "Please call me at [redacted].",
      description: "As it is kept: names, contacts, cards and documents are taken out before that.",
    }),
    state: requestState(),
    resolution: z.string().nullable().openapi({ example: "Brought up at four." }),
    created_at: instant(),
    updated_at: instant(),
    version: z.int().openapi({ example: 1 }),
  })
  .openapi("OwnGuestRequest");
export type OwnRequest = z.infer<typeof OwnRequestSchema>;
export const OwnRequestPageSchema = pageOf(OwnRequestSchema).openapi("OwnGuestRequestPage");

export const newOwnRequest = z.strictObject({ kind: requestKind(), text: requestText() }).openapi("NewOwnGuestRequest");

export const ownAvailabilityQuery = z
  .strictObject({
    from: sentInstant().optional().openapi({ description: "The beginning of the day of arrival if left out." }),
    to: sentInstant().optional().openapi({ description: "The end of the day of departure if left out." }),
  })
  .check(checkPeriod);

export const OwnAvailabilitySchema = z
  .object({
    period: z.object({ from: instant(), to: instant() }),
    items: z.array(AvailableSpaceSchema.pick({ id: true, label: true, kind: true })),
  })
  .openapi("OwnParkingAvailability");

export const OwnReservationSchema = ReservationSchema.pick({
  id: true,
  space_id: true,
  space_label: true,
  period: true,
  state: true,
  has_plate: true,
  created_at: true,
  updated_at: true,
  version: true,
}).openapi("OwnParkingReservation");
export type OwnReservation = z.infer<typeof OwnReservationSchema>;
export const OwnReservationPageSchema = pageOf(OwnReservationSchema).openapi("OwnParkingReservationPage");

export const newOwnReservation = newReservation.omit({ booking_id: true }).openapi("NewOwnParkingReservation");
