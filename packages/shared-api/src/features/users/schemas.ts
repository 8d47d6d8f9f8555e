import { z } from "@hono/zod-openapi";
import { roles } from "@whitelabel/shared-db";
import { instant, searchText } from "../../http/describe.ts";
import { pageOf, paging } from "../../http/paging.ts";

const branchId = () => searchText(64).openapi({ example: "BKK-01" });

export const UserSchema = z
  .object({
    id: z.int().openapi({ example: 7 }),
    email: z.string().nullable().openapi({
      example: "agent.dev@bestays.app",
      description: "The primary address, if Clerk has verified it. Null until Clerk tells us.",
    }),
    display_name: z
      .string()
      .nullable()
      .openapi({ example: "Somchai", description: "What they chose to be called; never copied from Clerk." }),
    role: z.enum(roles),
    is_active: z.boolean().openapi({ description: "Somebody who is not gets 403 everywhere." }),
    property_ids: z.array(z.string()).openapi({ example: ["BKK-01"], description: "The branches an agent works for." }),
    created_at: instant(),
    updated_at: instant(),
    version: z.int().openapi({ example: 1 }),
  })
  .openapi("User");

export type UserItem = z.infer<typeof UserSchema>;

export const UserPageSchema = pageOf(UserSchema).openapi("UserPage");

/** A line of text that people read: nothing that breaks it, hides in it or turns it around. */
const name = () =>
  z
    .string()
    .trim()
    .normalize("NFC")
    .min(1)
    .max(100)
    .refine((text) => !/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text), "One line of plain text");

export const changeMeInput = z
  .strictObject({ display_name: name().nullable().optional().openapi({ description: "Null takes it away." }) })
  .openapi("ChangeMe", { example: { display_name: "Somchai" } });

export type ChangeMe = z.infer<typeof changeMeInput>;

export const changeUserInput = z
  .strictObject({
    role: z.enum(roles).optional(),
    is_active: z.boolean().optional(),
    property_ids: z
      .array(branchId())
      .max(500)
      .optional()
      .openapi({ description: "All branches they work for from now on. They must be this product's." }),
  })
  .openapi("ChangeUser", { example: { role: "agent", is_active: true, property_ids: ["BKK-01"] } });

export type ChangeUser = z.infer<typeof changeUserInput>;

/** What fits the column's `integer`. */
export const intParam = () =>
  z
    .string()
    .regex(/^\d{1,10}$/, "A whole number")
    .transform(Number)
    .pipe(z.int().min(1).max(2_147_483_647))
    .openapi({ type: "integer", minimum: 1, maximum: 2_147_483_647, example: 7 });

export const userParams = z.object({ id: intParam() });

export const listUsersQuery = z.strictObject({
  role: z.enum(roles).optional(),
  is_active: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional()
    .openapi({ type: "boolean" }),
  property_id: branchId().optional().openapi({ description: "Who works for this branch." }),
  q: searchText(100).optional().openapi({ description: "Text in the e-mail or the display name, in any case." }),
  ...paging,
});

export type ListUsers = z.infer<typeof listUsersQuery>;
