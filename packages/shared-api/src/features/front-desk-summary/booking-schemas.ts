import { z } from "@hono/zod-openapi";
import {
  parkingStates,
  requestKinds,
  requestStates,
  taskCategories,
  taskPriorities,
  taskStates,
} from "@whitelabel/shared-db";
import { instant } from "../../http/describe.ts";
import { branchId, degraded, GuestContextSchema } from "../front-desk/schemas.ts";

const id = () => z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" });
const bookingId = () => z.string().openapi({ example: "B-1042" });
const orphaned_at = instant()
  .nullable()
  .openapi({ description: "Since when core has no such booking, or a cancelled one." });

const BookedRoomSchema = z
  .object({
    room_id: z.string().nullable().openapi({ example: "BKK-01-204" }),
    row_room_id: z.string().nullable().openapi({ example: "B-1042-1", description: "The room within the booking." }),
    booking: GuestContextSchema.nullable().openapi({ description: "Looked up in core now. Null when `degraded`." }),
  })
  .openapi("BookedRoom");

const tasks = z
  .array(
    z
      .object({
        id: id(),
        title: z.string().openapi({ example: "Extra towels" }),
        category: z.enum(taskCategories),
        priority: z.enum(taskPriorities),
        state: z.enum(taskStates).openapi({ description: "One whose claim has lapsed is `open`." }),
        due_at: instant().nullable(),
        orphaned_at,
        created_at: instant(),
      })
      .openapi("TaskOfBooking"),
  )
  .openapi({ description: "The newest 100." });

const guest_requests = z
  .array(
    z
      .object({
        id: id(),
        kind: z.enum(requestKinds),
        text: z.string().openapi({ example: "Two more towels, please.", description: "Without personal data." }),
        state: z.enum(requestStates),
        orphaned_at,
        created_at: instant(),
      })
      .openapi("GuestRequestOfBooking"),
  )
  .openapi({ description: "The newest 100." });

const parking_reservations = z
  .array(
    z
      .object({
        id: id(),
        space_id: id(),
        label: z.string().openapi({ example: "P-12" }),
        from: instant(),
        to: instant(),
        state: z.enum(parkingStates),
        orphaned_at,
        created_at: instant(),
      })
      .openapi("ParkingOfBooking"),
  )
  .openapi({ description: "The newest 100." });

const guest_links = z
  .array(
    z
      .object({
        id: id(),
        expires_at: instant(),
        revoked_at: instant().nullable(),
        is_open: z.boolean().openapi({ description: "Neither revoked nor expired." }),
        orphaned_at,
        created_at: instant(),
      })
      .openapi("GuestLinkOfBooking"),
  )
  .openapi({ description: "The newest 100." });

export const BookingSchema = z
  .object({
    booking_id: bookingId(),
    property_id: branchId().nullable().openapi({ description: "Null while core is away and nothing of ours says it." }),
    rooms: z.array(BookedRoomSchema).openapi({ description: "Empty while core is away." }),
    tasks,
    guest_requests,
    parking_reservations,
    guest_links,
    degraded: degraded("core", "audit"),
  })
  .openapi("BookingWithState");

export type BookingWithState = z.infer<typeof BookingSchema>;
export type OwnState = Pick<BookingWithState, "tasks" | "guest_requests" | "parking_reservations" | "guest_links">;

export const bookingParams = z.object({
  booking_id: z
    .string()
    .min(1)
    .max(64)
    .refine((text) => !text.includes("\u0000"), "Must not contain NUL")
    .openapi({ param: { name: "booking_id", in: "path" }, example: "B-1042" }),
});
