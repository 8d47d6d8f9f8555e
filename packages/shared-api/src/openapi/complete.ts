import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../deps.ts";
import { problemExample, problemText } from "../http/describe-problems.ts";
import { type ErrorCode, statusOf } from "../http/error-codes.ts";
import type { Access } from "../role-table.ts";
import { exampleOf, type Schema, type Schemas } from "./example-of.ts";
import { headerRefs, headersOf } from "./headers.ts";

type Document = ReturnType<OpenAPIHono<AppEnv>["getOpenAPI31Document"]>;
export type Operation = NonNullable<NonNullable<Document["paths"]>[string]["get"]>;

type Media = { schema?: Schema; example?: unknown; examples?: Record<string, unknown> };
type Answer = { description: string; content?: Record<string, Media>; headers?: object };
type Parameter = { name: string; in: string; description?: string | undefined; schema?: Schema; example?: unknown };

/** A route that looks at who calls asks the database. */
const closed: ErrorCode[] = [
  "unauthenticated",
  "forbidden",
  "rate_limited",
  "internal",
  "unavailable",
  "wrong_database",
  "schema_behind",
];

const bodyCodes: ErrorCode[] = ["bad_request", "too_large", "unsupported_media", "invalid"];

/** What every route of an access can answer beyond what the route itself says. */
const commonCodes: Record<Access, ErrorCode[]> = {
  open: ["rate_limited", "internal", "unavailable"],
  public: closed,
  guest: closed,
  user: closed,
  agent: closed,
  admin: closed,
};

const whoMay: Record<Access, string> = {
  open: "For anyone; a token is not looked at.",
  public: "For anyone; a token that is sent must be good.",
  guest: "For a guest with the link to their booking.",
  user: "For whoever is signed in.",
  agent: "For agents and admins.",
  admin: "For admins.",
};

/** Adds what no route has to say itself: the answers that all routes share, who may call, headers and examples. */
export function complete(method: string, operation: Operation, access: Access, schemas: Schemas): void {
  (operation as Record<string, unknown>)["x-access"] = access;
  operation.description = [operation.description, whoMay[access]].filter(Boolean).join("\n\n");
  const isHealth = operation.tags?.includes("health") ?? false;
  const body = operation.requestBody as { content: Record<string, Media> } | undefined;
  // Health is never refused; a body can be before its route sees it, asked for or not.
  const codes = isHealth ? (["internal"] as const) : commonCodes[access];
  const answers = withProblems((operation.responses ?? {}) as Record<string, Answer>, [
    ...codes,
    ...(method === "get" ? [] : bodyCodes),
  ]);
  operation.responses = answers as NonNullable<Operation["responses"]>;

  const parameters = (operation.parameters ?? []) as Parameter[];
  const has = (name: string) => parameters.some((parameter) => parameter.name === name);
  for (const [status, answer] of Object.entries(answers)) {
    const names = headersOf(Number(status), {
      isLimited: !isHealth,
      isKeyed: has("Idempotency-Key"),
      speaks: has("locale") || (operation.tags?.includes("properties") ?? false),
      hasVersion: hasVersion(answer, schemas),
      isMade: access !== "public",
    });
    answer.headers = { ...headerRefs(names), ...answer.headers };
    addExamples(answer.content, schemas);
  }
  addExamples(body?.content, schemas);
  for (const parameter of parameters) {
    if (parameter.schema) parameter.example ??= exampleOf(parameter.schema, schemas);
    parameter.description ??= parameter.schema?.description ?? parameterTexts[parameter.name];
  }
}

/** Of parameters that many routes have, where a route has no more to say. */
const parameterTexts: Readonly<Record<string, string>> = {
  id: "Of which one.",
  limit: "How many a page has at most.",
  locale: "In which locale.",
  property_id: "Of which branch.",
  sort: "In which order.",
};

/** Codes that share a status share an answer: those that the route names itself, and ours. */
function withProblems(own: Record<string, Answer>, codes: readonly ErrorCode[]): Record<string, Answer> {
  const answers = { ...own };
  for (const code of codes) {
    const status = String(statusOf(code));
    const known = answers[status];
    const media = known?.content?.[problemType];
    if (media?.examples && code in media.examples) continue;
    const text = problemText(code);
    answers[status] = {
      ...known,
      description: known ? `${known.description}; ${text}` : text,
      content: {
        ...known?.content,
        [problemType]: { ...problem, examples: { ...media?.examples, ...problemExample(code) } },
      },
    };
  }
  return answers;
}

const problemType = "application/problem+json";
const problem = { schema: { $ref: "#/components/schemas/Problem" } };

function addExamples(content: Record<string, Media> | undefined, schemas: Schemas): void {
  for (const [type, media] of Object.entries(content ?? {})) {
    if (type === "application/json" && media.schema && !media.examples) {
      media.example ??= exampleOf(media.schema, schemas);
    }
  }
}

/** Whether it answers with one thing that has a version. */
function hasVersion({ content }: Answer, schemas: Schemas): boolean {
  const schema = content?.["application/json"]?.schema;
  const example = schema && exampleOf(schema, schemas);
  return typeof example === "object" && example !== null && "version" in example;
}
