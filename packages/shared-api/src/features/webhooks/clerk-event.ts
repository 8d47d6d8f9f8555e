import { z } from "@hono/zod-openapi";
import { clerkUserId } from "../../auth/verify-token.ts";
import { AppError } from "../../http/app-error.ts";

/** What we take of a user that was created or changed. Names, telephones and pictures stay with Clerk. */
type SeenUser = Readonly<{
  kind: "seen";
  clerk_user_id: string;
  /** Clerk's own `updated_at`, in milliseconds. */
  updated_at: number;
  /** The primary address, if it is verified. */
  email: string | null;
}>;

type DeletedUser = Readonly<{ kind: "deleted"; clerk_user_id: string }>;

export type ClerkEvent = SeenUser | DeletedUser;

const id = z.string().regex(clerkUserId);
/** Four digits of a year: PostgreSQL reads no more. */
const LAST_INSTANT = Date.UTC(9999, 11, 31);

const userData = z.object({
  id,
  updated_at: z.int().min(0).max(LAST_INSTANT),
  primary_email_address_id: z.string().nullish(),
  email_addresses: z
    .array(
      z.object({
        id: z.string().nullish(),
        email_address: z.string().nullish(),
        verification: z.object({ status: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

const event = z.object({ type: z.string(), data: z.unknown() });

/** The event in a signed message; undefined if it is of a kind that does not concern us. */
export function readEvent(message: unknown): ClerkEvent | undefined {
  const { type, data } = parse(event, message);
  if (type === "user.deleted") return { kind: "deleted", clerk_user_id: parse(z.object({ id }), data).id };
  if (type !== "user.created" && type !== "user.updated") return undefined;
  const user = parse(userData, data);
  return { kind: "seen", clerk_user_id: user.id, updated_at: user.updated_at, email: emailOf(user) };
}

function emailOf({ primary_email_address_id, email_addresses }: z.infer<typeof userData>): string | null {
  if (!primary_email_address_id) return null;
  const primary = email_addresses?.find(({ id }) => id === primary_email_address_id);
  const address = primary?.verification?.status === "verified" ? primary.email_address?.trim() : undefined;
  return address && /^[^\s\p{C}@]+@[^\s\p{C}@]+$/u.test(address) && address.length <= 320 ? address : null;
}

/** It was signed, so it is Clerk's; that we cannot read it should be seen where its deliveries are listed. */
function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const { success, data } = schema.safeParse(value);
  if (!success) throw new AppError("invalid", "This is no event that we can read");
  return data;
}
