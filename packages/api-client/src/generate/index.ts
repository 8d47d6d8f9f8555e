import { comment, commentOf, type Direction } from "./comment.ts";
import {
  type ClientOperation,
  inputSchemas,
  nameIn,
  type OpenApiDocument,
  operationsOf,
  outputSchemas,
  type Schema,
} from "./document.ts";
import { codesOf, describeOperation } from "./operation-types.ts";
import { membersOf, typeOf } from "./schema-type.ts";

export type { OpenApiDocument } from "./document.ts";

/** What the generated file takes from `types.ts`. */
const imported = [
  "ChangeOptions",
  "CreateOptions",
  "Operation",
  "PagedMethod",
  "ReadOptions",
  "StreamEvent",
  "StreamOptions",
  "Version",
];
/** Names that no schema can have. */
const taken = new Set([...imported, "ApiError", "ApiErrorCode", "Client", "ClientOptions", "ErrorCode"]);

/**
 * The client's part that follows the API: the types of what is sent and answered, the method of every operation, and
 * the routes at run time, as one TypeScript file. It is not formatted.
 */
export function generateClient(document: OpenApiDocument): string {
  const schemas = document.components?.schemas ?? {};
  const operations = operationsOf(document);
  const inputs = namesIn(operations.flatMap(inputSchemas), schemas);
  const outputs = namesIn([...operations.flatMap(outputSchemas), { $ref: "#/components/schemas/Problem" }], schemas);
  const used = new Set([...inputs, ...outputs]);

  const usual = usualCodes(operations);
  const codes = operations.map((operation) => describeOperation(operation, document, usual));
  const types = [...used].sort().map((name) => {
    if (taken.has(name) || codes.some(({ inputName }) => inputName === name)) {
      throw new Error(`A schema cannot be called ${name}: the client has such a type`);
    }
    return declaration(name, schemas[name] ?? true, inputs.has(name) ? "input" : "output");
  });

  const body = [
    clientInterface(
      codes.map(({ member }) => member),
      usual,
    ),
    ...codes.flatMap(({ input }) => (input === "" ? [] : [input])),
    ...types,
    errorCode,
    operationTable(codes.map(({ entry }) => entry)),
  ].join("\n\n");
  const needed = imported.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  return `${header}\nimport type { ${needed.join(", ")} } from "./types.ts";\n\n${body}\n`;
}

const header = "// Generated from the API's OpenAPI document by `pnpm client:generate`; do not edit.";

const errorCode = `/** The closed list of what the API answers when it does not do what was asked. */
export type ErrorCode = Problem["code"];`;

function operationTable(entries: readonly string[]): string {
  return `/** @internal What of the routes has to be known at run time. */
export const operations: Readonly<Record<keyof Client, Operation>> = {
${entries.join("\n")}
};`;
}

function clientInterface(members: readonly string[], usual: ReadonlySet<string>): string {
  const doc = commentOf([
    "A method for every operation of the API, named as its operation id in the OpenAPI document. Each throws ApiError,",
    "with one of the codes that are listed there, or with one that any of them can fail with:",
    `${[...usual].map((code) => `\`${code}\``).join(", ")}.`,
  ]);
  return `${doc}export interface Client {\n${members.join("\n\n")}\n}`;
}

/** The codes that every operation can fail with, which need not be said of each. */
function usualCodes(operations: readonly ClientOperation[]): Set<string> {
  const [first = [], ...others] = operations.map(codesOf);
  return new Set(first.filter((code) => others.every((codes) => codes.includes(code))));
}

function declaration(name: string, schema: Schema, direction: Direction): string {
  const doc = typeof schema === "boolean" ? "" : comment({ description: schema.description }, direction);
  return isPlainObject(schema)
    ? `${doc}export interface ${name} ${membersOf(schema, direction)}`
    : `${doc}export type ${name} = ${typeOf(schema, direction)};`;
}

/** An interface is what editors show best; what is more than named properties has to be a type. */
function isPlainObject(schema: Schema): schema is Exclude<Schema, boolean> {
  if (typeof schema === "boolean" || schema.type !== "object" || !schema.properties) return false;
  return !schema.allOf && !schema.anyOf && !schema.oneOf && typeof schema.additionalProperties !== "object";
}

/** The names that these schemas refer to, directly or through one another. */
function namesIn(roots: readonly Schema[], schemas: Readonly<Record<string, Schema>>): Set<string> {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (part === null || typeof part !== "object") return;
    // A value is no schema, though a property may be called as one of these.
    const { $ref, properties = {}, example: _, examples: __, default: ___, ...rest } = part as Record<string, unknown>;
    if (typeof $ref === "string" && !names.has(nameIn($ref))) {
      const name = nameIn($ref);
      if (!(name in schemas)) throw new Error(`The document refers to ${name} and does not hold it`);
      names.add(name);
      visit(schemas[name]);
    }
    for (const value of [...Object.values(properties as object), ...Object.values(rest)]) visit(value);
  };
  for (const root of roots) visit(root);
  return names;
}
