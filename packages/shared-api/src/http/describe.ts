import { z } from "@hono/zod-openapi";

export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

export const instant = () => z.string().openapi({ format: "date-time", example: "2026-11-21T04:00:00.123Z" });
/** PostgreSQL counts years from 1, as people do; ISO 8601 has a year 0. */
export const day = () =>
  z.iso
    .date()
    .refine((date) => !date.startsWith("0000"), "There is no year 0")
    .openapi({ format: "date", example: "2026-11-21" });

/** Text that a database can take: PostgreSQL knows no NUL. */
export const searchText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !text.includes("\u0000"), "Must not contain NUL");

/** The header that `once` reads, for the `parameters` of a route. */
export const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  schema: { type: "string", minLength: 1, maxLength: 255 },
  description:
    "Printable, without spaces. The same key and body get the same answer and one effect for 24 hours; another body is 422, a first request that still runs 409.",
} as const;

/** The header that `expectedVersion` reads, for the `parameters` of a route. */
export const ifMatch = {
  name: "If-Match",
  in: "header",
  schema: { type: "string" },
  example: '"3"',
  description: "The `ETag` of what you read: 412 if it has changed since. Without it, whatever is there is changed.",
} as const;
