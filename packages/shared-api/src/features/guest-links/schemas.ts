import { z } from "@hono/zod-openapi";
import { instant } from "../../http/describe.ts";
import { bookingId, branchId } from "../front-desk/schemas.ts";

const id = () => z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" });
export const idParams = z.object({ id: id() });
export const bookingParams = z.object({ booking_id: bookingId() });

const GuestLinkSchema = z
  .object({
    id: id(),
    property_id: branchId(),
    booking_id: bookingId(),
    expires_at: instant().openapi({ description: "The end of the day of departure, on the branch's clocks." }),
    revoked_at: instant().nullable(),
    is_open: z.boolean().openapi({ description: "Neither revoked nor expired." }),
    created_at: instant(),
    version: z.int().openapi({ example: 1 }),
  })
  .openapi("GuestLink");
export type GuestLinkItem = z.infer<typeof GuestLinkSchema>;

export const GuestLinkPageSchema = z
  .object({ items: z.array(GuestLinkSchema), next_cursor: z.null().openapi({ description: "All are on one page." }) })
  .openapi("GuestLinkPage");

export const ShownGuestLinkSchema = GuestLinkSchema.extend({
  token: z
    .string()
    .openapi({ example: "gl_AZPwwltefDGh9G0vOxyeEMhC7Qm3nE0yq9z1b2c3d4e5f6g7h8i9j0", description: "Stored nowhere." }),
  url: z.string().openapi({
    example: "https://bestays.app/guest#gl_AZPwwltefDGh9G0vOxyeEMhC7Qm3nE0yq9z1b2c3d4e5f6g7h8i9j0",
    description: "For the guest. What follows # stays in their browser: no server and no log gets to see it.",
  }),
}).openapi("ShownGuestLink");
