import { z } from "@hono/zod-openapi";
import { requestKinds, requestStates, taskPriorities } from "@whitelabel/shared-db";
import { instant } from "../../http/describe.ts";
import { pageOf, paging } from "../../http/paging.ts";
import { bookingId, branchId, degraded, GuestContextSchema, roomId } from "../front-desk/schemas.ts";

const id = () => z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" });
export const idParams = z.object({ id: id() });

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => /[^\s\p{C}]/u.test(value), "Must not be blank")
    .refine((value) => !/[^\P{Cc}\n\r\t]/u.test(value), "Must not contain control characters");

export const requestText = () => text(4_000).openapi({ example: "Two more towels, please." });
const resolution = () => text(2_000).openapi({ example: "Brought up at four." });
export const requestKind = () => z.enum(requestKinds).openapi({ example: "housekeeping" });
export const requestState = () => z.enum(requestStates).openapi({ example: "waiting" });

const RequestSchema = z.object({
  id: id(),
  property_id: branchId(),
  booking_id: bookingId(),
  room_id: roomId().nullable(),
  kind: requestKind(),
  text: z.string().openapi({ example: "Two more towels, please.", description: "Without personal data." }),
  state: requestState(),
  resolution: z.string().nullable().openapi({ example: "Brought up at four." }),
  is_from_guest: z.boolean().openapi({ description: "Written by the guest on their page, not by staff." }),
  task_id: id().nullable().openapi({ description: "The task that it became when it was accepted." }),
  closed_at: instant().nullable(),
  orphaned_at: instant()
    .nullable()
    .openapi({ description: "Since when core has no such booking, or a cancelled one." }),
  created_at: instant(),
  updated_at: instant(),
  version: z.int().openapi({ example: 1 }),
});
export type GuestRequestItem = z.infer<typeof RequestSchema>;

const booking = GuestContextSchema.nullable().openapi({
  description: "Looked up in core now. Null when `degraded`, or when core has no such booking.",
});
const RequestItemSchema = RequestSchema.extend({ booking }).openapi("GuestRequestItem");
export const RequestPageSchema = pageOf(RequestItemSchema)
  .extend({ degraded: degraded("core", "audit") })
  .openapi("GuestRequestPage");
export const RequestDetailSchema = RequestItemSchema.extend({ degraded: degraded("core", "audit") }).openapi(
  "GuestRequestDetail",
);

export const requestQuery = z.strictObject({
  property_id: branchId().optional().openapi({ description: "All of the caller's branches if left out." }),
  booking_id: bookingId().optional(),
  state: requestState().optional(),
  kind: requestKind().optional(),
  sort: z.enum(["newest", "oldest"]).default("newest"),
  ...paging,
});
export type RequestQuery = z.infer<typeof requestQuery>;

export const newRequest = z
  .strictObject({
    booking_id: bookingId(),
    room_id: roomId().optional().openapi({ description: "One of the booking's rooms; its first one if left out." }),
    kind: requestKind(),
    text: requestText(),
  })
  .openapi("NewGuestRequest");

export const requestPatch = z
  .strictObject({
    state: z.enum(["accepted", "declined", "done"]).openapi({ example: "accepted" }),
    resolution: resolution().optional().openapi({
      description: "Why it is declined, or what was done. The guest reads it. 422 `pii_detected` if it names them.",
    }),
    priority: z.enum(taskPriorities).optional().openapi({ description: "Of the task, when accepting." }),
  })
  .refine(({ state, priority }) => priority === undefined || state === "accepted", {
    path: ["priority"],
    message: "Only when accepting",
  })
  .refine(({ state, resolution: given }) => given === undefined || state !== "accepted", {
    path: ["resolution"],
    message: "Not when accepting: nothing is resolved yet",
  })
  .openapi("GuestRequestPatch");
