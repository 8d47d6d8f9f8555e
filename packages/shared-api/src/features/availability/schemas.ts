import { z } from "@hono/zod-openapi";
import { day } from "../../http/describe.ts";
import { pageOf } from "../../http/paging.ts";
import { branchId, degraded } from "../front-desk/schemas.ts";

const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

const RoomSchema = z
  .object({
    room_id: z.string().openapi({ example: "BKK-01-204" }),
    property_id: branchId(),
    name: z.string().nullable().openapi({ example: "204" }),
    room_type: z.string().nullable().openapi({ example: "Deluxe" }),
  })
  .openapi("Room");

export const RoomPageSchema = pageOf(RoomSchema)
  .extend({ next_cursor: z.null(), degraded: degraded("core") })
  .openapi("RoomPage");

const OfferedDaySchema = z
  .object({
    date: day(),
    available: z.int().openapi({ example: 3, description: "Rooms that can be let for the night that begins." }),
    lowest_price: z.int().nullable().openapi({
      example: 250_000,
      description: "Of those rooms, in minor units. Null if none is left, or core names no price that can be read.",
    }),
    currency: z.string().nullable().openapi({ example: "THB" }),
  })
  .openapi("OfferedDay");

export type OfferedDay = z.infer<typeof OfferedDaySchema>;

const AvailabilitySchema = z
  .object({
    room_type: z.string().nullable().openapi({ example: "Deluxe" }),
    rooms: z.int().openapi({ example: 5, description: "That there are of this type." }),
    days: z.array(OfferedDaySchema).openapi({ description: "Those that core has offers for." }),
  })
  .openapi("RoomTypeAvailability");

export type RoomTypeAvailability = z.infer<typeof AvailabilitySchema>;

export const AvailabilityPageSchema = pageOf(AvailabilitySchema)
  .extend({
    next_cursor: z.null(),
    property_id: branchId(),
    from: day(),
    to: day(),
    degraded: degraded("core"),
  })
  .openapi("Availability");

export const branchParams = z.object({
  property_id: branchId().openapi({ param: { name: "property_id", in: "path" } }),
});

export const availabilityQuery = z
  .strictObject({
    from: day().openapi({ description: "The first night, in the branch's own calendar." }),
    to: day().openapi({ example: "2026-11-28", description: `The day after the last; ${MOST_DAYS} days at most.` }),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "Must be after `from`" })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MOST_DAYS * DAY_MS, {
    path: ["to"],
    message: `At most ${MOST_DAYS} days after \`from\``,
  });

export type AvailabilityQuery = z.infer<typeof availabilityQuery>;
