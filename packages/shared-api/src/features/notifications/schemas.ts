import { z } from "@hono/zod-openapi";
import { instant } from "../../http/describe.ts";
import { pageOf, paging } from "../../http/paging.ts";
import { branchId, degraded, GuestContextSchema } from "../front-desk/schemas.ts";

const notificationId = () => z.string().openapi({ example: "N-204" });

export const ReceiptSchema = z
  .object({
    notification_id: notificationId(),
    property_id: branchId(),
    acknowledged_by: z.int().nullable().openapi({ example: 7, description: "The first who acknowledged it." }),
    acknowledged_at: instant(),
  })
  .openapi("NotificationReceipt");

export type Receipt = z.infer<typeof ReceiptSchema>;

const NotificationSchema = z
  .object({
    notification_id: notificationId(),
    property_id: branchId(),
    booking_id: z.string().nullable().openapi({ example: "B-1042", description: "Null if it is about no booking." }),
    kind: z.string().nullable().openapi({ example: "booking_created", description: "As core says." }),
    created_at: instant(),
    receipt: ReceiptSchema.nullable().openapi({ description: "Null while it is unread." }),
    booking: GuestContextSchema.nullable().openapi({ description: "Looked up in core now. Null when `degraded`." }),
  })
  .openapi("Notification");

export const NotificationPageSchema = pageOf(NotificationSchema)
  .extend({
    unread_count: z.int().nullable().openapi({
      example: 3,
      description: "Of the newest 1,000 of the branch those without a receipt. Null while core is away.",
    }),
    degraded: degraded("core", "audit"),
  })
  .openapi("NotificationPage");

export type NotificationPage = z.infer<typeof NotificationPageSchema>;

export const notificationsQuery = z.strictObject({
  property_id: branchId(),
  unread: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional()
    .openapi({ type: "boolean", description: "Only those without a receipt, or only those with one." }),
  ...paging,
});

export type NotificationsQuery = z.infer<typeof notificationsQuery>;

export const notificationParams = z.object({
  id: z
    .string()
    .min(1)
    .max(128)
    .refine((id) => !id.includes("\u0000"), "Must not contain NUL")
    .openapi({ param: { name: "id", in: "path" }, example: "N-204" }),
});
