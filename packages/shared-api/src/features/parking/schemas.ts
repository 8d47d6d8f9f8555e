import { z } from "@hono/zod-openapi";
import { parkingKinds, parkingStates } from "@whitelabel/shared-db";
import { instant } from "../../http/describe.ts";
import { pageOf, paging } from "../../http/paging.ts";
import { bookingId, branchId, degraded, GuestContextSchema } from "../front-desk/schemas.ts";
import { checkPeriod, sentInstant, sentPeriod } from "./period.ts";
import { plainPlate } from "./plates.ts";

const id = () => z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" });
export const idParams = z.object({ id: id() });

const label = () =>
  z
    .string()
    .trim()
    .min(1)
    .max(40)
    // What cannot be seen would make two labels that look alike.
    .refine((text) => !/[\p{Cc}\p{Cf}]/u.test(text), "Must not contain control characters")
    .openapi({ example: "P-12" });
const kind = () => z.enum(parkingKinds).openapi({ example: "car" });
const yesOrNo = () =>
  z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional()
    .openapi({ type: "boolean" });

export const SpaceSchema = z
  .object({
    id: id(),
    property_id: branchId(),
    label: z.string().openapi({ example: "P-12" }),
    kind: kind(),
    is_active: z.boolean().openapi({ description: "Whether it may be reserved. What is reserved already stays." }),
    created_at: instant(),
    updated_at: instant(),
    version: z.int().openapi({ example: 1 }),
  })
  .openapi("ParkingSpace");
export type Space = z.infer<typeof SpaceSchema>;
export const SpacePageSchema = pageOf(SpaceSchema).openapi("ParkingSpacePage");

export const spaceQuery = z.strictObject({
  property_id: branchId().optional().openapi({ description: "All of the caller's branches if left out." }),
  kind: kind().optional(),
  is_active: yesOrNo(),
  ...paging,
});
export type SpaceQuery = z.infer<typeof spaceQuery>;

export const newSpace = z
  .strictObject({ property_id: branchId(), label: label(), kind: kind().default("car") })
  .openapi("NewParkingSpace");
export type NewSpace = z.infer<typeof newSpace>;

export const spacePatch = z
  .strictObject({ label: label().optional(), kind: kind().optional(), is_active: z.boolean().optional() })
  .refine((patch) => Object.keys(patch).length > 0, "Name what to change")
  .openapi("ParkingSpacePatch");
export type SpacePatch = z.infer<typeof spacePatch>;

export const availabilityQuery = z
  .strictObject({ property_id: branchId(), from: sentInstant(), to: sentInstant(), kind: kind().optional() })
  .check(checkPeriod);

export const AvailableSpaceSchema = SpaceSchema.pick({ id: true, label: true, kind: true })
  .extend({
    is_available: z.boolean().openapi({ description: "Nobody else has it at any moment of the period." }),
    is_occupied: z.boolean().openapi({ description: "A car stands there now, be it longer than reserved." }),
  })
  .openapi("ParkingSpaceAvailability");
export type AvailableSpace = z.infer<typeof AvailableSpaceSchema>;

const period = () => z.object({ from: instant(), to: instant() });

export const AvailabilitySchema = z
  .object({
    property_id: branchId(),
    period: period(),
    available: z.int().openapi({ example: 3 }),
    items: z.array(AvailableSpaceSchema),
  })
  .openapi("ParkingAvailability");

export const ReservationSchema = z
  .object({
    id: id(),
    property_id: branchId(),
    space_id: id(),
    space_label: z.string().openapi({ example: "P-12" }),
    booking_id: bookingId(),
    period: period().openapi({ description: "Ends with the departure, if that is earlier." }),
    state: z.enum(parkingStates),
    is_overstay: z.boolean().openapi({ description: "The car is still there though the period is over." }),
    has_plate: z.boolean().openapi({ description: "A plate is known; it can be looked up and not read." }),
    arrived_at: instant().nullable(),
    departed_at: instant().nullable(),
    orphaned_at: instant()
      .nullable()
      .openapi({ description: "Since when core has no such booking, or a cancelled one." }),
    created_at: instant(),
    updated_at: instant(),
    version: z.int().openapi({ example: 1 }),
  })
  .openapi("ParkingReservation");
export type Reservation = z.infer<typeof ReservationSchema>;

const booking = GuestContextSchema.nullable().openapi({
  description: "Looked up in core now. Null when `degraded`, or when core has no such booking.",
});
const ReservationItemSchema = ReservationSchema.extend({ booking }).openapi("ParkingReservationItem");
export const ReservationPageSchema = pageOf(ReservationItemSchema)
  .extend({ degraded: degraded("core", "audit") })
  .openapi("ParkingReservationPage");
export const ReservationDetailSchema = ReservationItemSchema.extend({ degraded: degraded("core", "audit") }).openapi(
  "ParkingReservationDetail",
);

export const reservationQuery = z
  .strictObject({
    property_id: branchId().optional().openapi({ description: "All of the caller's branches if left out." }),
    space_id: id().optional(),
    booking_id: bookingId().optional(),
    state: z.enum(parkingStates).optional(),
    from: sentInstant().optional().openapi({ description: "Whose period ends after this instant." }),
    to: sentInstant().optional().openapi({ description: "Whose period begins before this instant." }),
    overstays: yesOrNo().openapi({ description: "Only cars that are still there though their period is over." }),
    ...paging,
  })
  .check(({ value: { from, to }, issues }) => {
    if (from !== undefined && to !== undefined && from >= to)
      issues.push({ code: "custom", path: ["to"], message: "Must be later than `from`", input: to });
  });
export type ReservationQuery = z.infer<typeof reservationQuery>;

const plate = () =>
  z
    .string()
    .max(64)
    .refine((text) => plainPlate(text).length > 0 && plainPlate(text).length <= 32, "1 to 32 letters and digits")
    .openapi({ example: "1กข 1234", description: "Kept as a keyed hash only: it can be looked up and never read." });

export const newReservation = z
  .strictObject({ space_id: id(), booking_id: bookingId(), period: sentPeriod(), plate: plate().optional() })
  .openapi("NewParkingReservation");

export const plateLookup = z.strictObject({ property_id: branchId(), plate: plate() }).openapi("ParkingPlateLookup");
