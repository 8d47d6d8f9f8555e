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
