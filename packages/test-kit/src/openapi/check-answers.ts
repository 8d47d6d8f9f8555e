import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { closeSchema } from "./close-schema.ts";
import type { OpenApiDocument, Operation, ResponseObject } from "./document.ts";

export type Answer = Readonly<{ status: number; headers: Headers; text: string; json: unknown }>;

/** Headers that say something about one route; the rest belongs to every answer. */
const ownHeaders = ["ETag", "Location", "Content-Language", "Idempotency-Replayed", "Retry-After", "WWW-Authenticate"];

/** Compares answers with what the document says of their operation; empty if there is nothing to complain about. */
export function openChecker({ components }: OpenApiDocument) {
  const ajv = newAjv();
  const known = new Map<string, ValidateFunction>();

  function validatorOf(operation: Operation, status: string, type: string): ValidateFunction | undefined {
    const key = `${operation.id} ${status} ${type}`;
    const schema = operation.responses[status]?.content?.[type]?.schema;
    if (!known.has(key) && schema) known.set(key, ajv.compile(closeSchema(schema, components.schemas ?? {})));
    return known.get(key);
  }

  function check(operation: Operation, { status, headers, text, json }: Answer): string[] {
    const documented = operation.responses[status];
    if (!documented) return [`${status} is not documented (${text.slice(0, 200)})`];

    const type = headers.get("content-type")?.split(";")[0] ?? "";
    const found = headerDifferences(documented, headers);
    const types = Object.keys(documented.content ?? {});
    if (types.length === 0) return text === "" ? found : [...found, `${status} has a body, and the document says none`];
    if (!types.includes(type)) return [...found, `${status} is ${type}, and the document says ${types.join(", ")}`];
    if (json === undefined) return found;

    const validate = validatorOf(operation, String(status), type);
    if (!validate || validate(json)) return [...found, ...codeDifferences(documented, json)];
    const errors = validate.errors ?? [];
    return [...found, ...errors.slice(0, 3).map((error) => `${status}: ${describe(error)}`)];
  }
  return check;
}

function headerDifferences({ headers = {} }: ResponseObject, sent: Headers): string[] {
  const named = Object.keys(headers).map((name) => name.toLowerCase());
  return ownHeaders
    .filter((name) => sent.has(name) && !named.includes(name.toLowerCase()))
    .map((name) => `header ${name} is not documented`);
}

/** A problem has a code that its operation names for this status. */
function codeDifferences({ content }: ResponseObject, json: unknown): string[] {
  const codes = content?.["application/problem+json"]?.examples;
  const code = (json as { code?: unknown } | null)?.code;
  if (!codes || typeof code !== "string" || code in codes) return [];
  return [`code ${code} is not documented`];
}

function describe({ instancePath, message = "", params }: NonNullable<ValidateFunction["errors"]>[number]): string {
  return `${instancePath || "/"} ${message} ${JSON.stringify(params)}`;
}

/** JSON Schema 2020-12 as OpenAPI 3.1 uses it; a keyword or format that nobody knows is an error. */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strictSchema: true, strictTypes: false });
  addFormats.default(ajv);
  ajv.addVocabulary(["example"]);
  return ajv;
}
