import { z } from "@hono/zod-openapi";
import { type ErrorCode, errorCodes, type StatusOf, statusOf } from "./error-codes.ts";

const ProblemSchema = z
  .object({
    type: z.string().openapi({ example: "urn:whitelabel:problem:not_found" }),
    title: z.string().openapi({ example: errorCodes.not_found.title }),
    status: z.int().openapi({ example: 404 }),
    detail: z.string().openapi({ example: "There is no such property" }),
    instance: z.string().openapi({ example: "/api/v1/properties/0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" }),
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]).openapi({ example: "not_found" }),
    product: z.string().openapi({ example: "bestays" }),
    request_id: z.string().openapi({ example: "4f6c0c35-6a2e-4d5f-9a52-0f4d5c0a9d1e" }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: "What is wrong with the input, field by field. Never holds a value." }),
  })
  .openapi("Problem", { description: "RFC 9457, with a stable `code` from a closed list." });

type ProblemContent = {
  "application/problem+json": { schema: typeof ProblemSchema; examples: Record<string, { $ref: string }> };
};

type ProblemResponses<Code extends ErrorCode> = {
  [Status in StatusOf<Code>]: { description: string; content: ProblemContent };
};

/** The answers for these codes; codes that share a status share an answer. */
export function problems<Code extends ErrorCode>(...codes: Code[]): ProblemResponses<Code> {
  const responses: Record<number, { description: string; content: ProblemContent }> = {};
  for (const code of new Set(codes)) {
    const status = statusOf(code);
    const text = problemText(code);
    const known = responses[status];
    const examples = { ...known?.content["application/problem+json"].examples, ...problemExample(code) };
    responses[status] = {
      description: known ? `${known.description}; ${text}` : text,
      content: { "application/problem+json": { schema: ProblemSchema, examples } },
    };
  }
  return responses as ProblemResponses<Code>;
}

export const problemText = (code: ErrorCode) => `\`${code}\`: ${errorCodes[code].title}`;

/** Where the document has the example of a code. */
export const problemExample = (code: ErrorCode) => ({ [code]: { $ref: `#/components/examples/${code}` } });

export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable().openapi({ description: nextCursor }) });
}

const nextCursor = "Give it as `cursor` to get the next page; null on the last one.";

/** The query fields of every list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(20).openapi({ example: 20 }),
  cursor: z.string().min(1).max(500).optional().openapi({ description: "`next_cursor` of the page before." }),
};

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
