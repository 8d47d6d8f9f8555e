import { z } from "@hono/zod-openapi";
import { day } from "../../http/describe.ts";
import { pageOf, paging } from "../../http/paging.ts";

const views = ["arrivals", "departures", "in_house"] as const;

/** An id of core, which is text. PostgreSQL knows no NUL. */
const coreId = () =>
  z
    .string()
    .min(1)
    .max(64)
    .refine((id) => !id.includes("\u0000"), "Must not contain NUL");

export const branchId = () => coreId().openapi({ example: "BKK-01" });
export const bookingId = () => coreId().openapi({ example: "B-1042" });
export const roomId = () => coreId().openapi({ example: "BKK-01-204" });

export const degraded = <const Reason extends string>(...reasons: Reason[]) =>
  z.array(z.enum(reasons)).openapi({
    example: [],
    description:
      "Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.",
  });

const BranchSchema = z
  .object({
    property_id: branchId(),
    name: z.string().nullable().openapi({ example: "Bangkok Riverside", description: "Null while core is away." }),
    time_zone: z.string().nullable().openapi({ example: "Asia/Bangkok" }),
    city: z.string().nullable().openapi({ example: "Bangkok" }),
  })
  .openapi("Branch");

export type BranchItem = z.infer<typeof BranchSchema>;

export const BranchPageSchema = pageOf(BranchSchema)
  .extend({ degraded: degraded("core") })
  .openapi("BranchPage");

export const GuestContextSchema = z
  .object({
    guest_name: z.string().openapi({ example: "Ada Example" }),
    room_name: z.string().nullable().openapi({ example: "204" }),
    room_type: z.string().nullable().openapi({ example: "Deluxe" }),
    check_in: day(),
    check_out: day(),
    status: z.string().openapi({ example: "confirmed", description: "As core says: confirmed, checked_in, …" }),
  })
  .openapi("GuestContext");

export type GuestContext = z.infer<typeof GuestContextSchema>;

const BookingItemSchema = z
  .object({
    booking_id: z.string().openapi({ example: "B-1042" }),
    property_id: branchId(),
    room_id: z.string().nullable().openapi({ example: "BKK-01-204" }),
    row_room_id: z.string().nullable().openapi({ example: "B-1042-1", description: "The room within the booking." }),
    booking: GuestContextSchema.nullable().openapi({ description: "Looked up in core now. Null when `degraded`." }),
  })
  .openapi("FrontDeskBooking");

export type BookingItem = z.infer<typeof BookingItemSchema>;

export const BookingBoardSchema = pageOf(BookingItemSchema)
  .extend({
    property_id: branchId(),
    date: day()
      .nullable()
      .openapi({ description: "Null if it was not asked for and core, which knows the time zone, is away." }),
    view: z.enum(views),
    time_zone: z.string().nullable().openapi({ example: "Asia/Bangkok" }),
    degraded: degraded("core", "audit"),
  })
  .openapi("FrontDeskBookingBoard");

export type BookingBoard = z.infer<typeof BookingBoardSchema>;

export const boardQuery = z.strictObject({
  property_id: branchId(),
  date: day().optional().openapi({ description: "The branch's own today if left out." }),
  view: z.enum(views).default("arrivals"),
  ...paging,
});

export type BoardQuery = z.infer<typeof boardQuery>;
