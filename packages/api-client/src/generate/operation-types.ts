import { commentOf } from "./comment.ts";
import {
  type ClientOperation,
  type Content,
  nameIn,
  type OpenApiDocument,
  type Parameter,
  type Schema,
} from "./document.ts";
import { memberOf, typeOf } from "./schema-type.ts";

const JSON_TYPE = "application/json";
const EVENTS_TYPE = "text/event-stream";

/** An operation as the client has it: its method in `Client`, the type of its input, and what is known at run time. */
export type OperationCode = Readonly<{ inputName: string; input: string; member: string; entry: string }>;

/** `usual` are the codes that every operation can fail with, which need not be said of each. */
export function describeOperation(
  found: ClientOperation,
  document: OpenApiDocument,
  usual: ReadonlySet<string>,
): OperationCode {
  const { id, method, path } = found;
  const route = `${method} ${path}`;
  const fields = inputFields(found);
  const inputName = `${id[0]?.toUpperCase()}${id.slice(1)}Input`;
  const isOptional = fields.every(({ required }) => !required);

  const answers = answersOf(found);
  const isPaged = method === "GET" && fields.some((field) => field.name === "cursor") && isPage(answers.json, document);
  const input =
    fields.length === 0 ? "" : `export interface ${inputName} {\n${fields.map(({ code }) => code).join("\n")}\n}`;
  const parameter = fields.length === 0 ? [] : [`input${isOptional ? "?" : ""}: ${inputName}`];

  const doc = docOf(found, usual);
  const call = (answer: string, options: string) => `(${[...parameter, options].join(", ")}): ${answer}`;
  const json = call(`Promise<${answers.type}>`, optionsOf(found));
  const events = call(`AsyncGenerator<StreamEvent<${answers.events}>, void, undefined>`, "options?: StreamOptions");

  const kinds = [
    ...(fields.length === 0 ? ["bare: true"] : []),
    ...(takes(found, "idempotency-key") ? ["once: true"] : []),
    ...(answers.events === undefined ? [] : [`events: ${answers.type === undefined ? '"only"' : '"too"'}`]),
    ...(isPaged ? ["paged: true"] : []),
  ];
  const entry = `${id}: { ${[`method: ${JSON.stringify(method)}`, `path: ${JSON.stringify(path)}`, ...kinds].join(", ")} },`;

  if (isPaged) return { inputName, input, entry, member: `${doc}${id}: PagedMethod<[${parameter}], ${answers.type}>;` };
  if (answers.type === undefined) return { inputName, input, entry, member: `${doc}${id}${events};` };
  if (answers.events === undefined) return { inputName, input, entry, member: `${doc}${id}${json};` };
  const stream = `/** The same, as it comes: an event for every piece. \`${route}\` */\nstream${events};`;
  return { inputName, input, entry, member: `${doc}${id}: {\n${json};\n${stream}\n};` };
}

type Field = Readonly<{ name: string; required: boolean; code: string }>;

/** The path's and the query's fields side by side, and the body: what a caller hands over. */
function inputFields({ id, operation }: ClientOperation): Field[] {
  const fields: Field[] = [];
  for (const parameter of operation.parameters ?? []) {
    if (!isInput(parameter, id)) continue;
    const { name, required = false, description } = parameter;
    const schema = withoutNull(parameter.schema ?? true);
    const note = { ...(typeof schema === "object" && schema), ...(description !== undefined && { description }) };
    fields.push({ name, required, code: memberOf(name, schema, { required, direction: "input", note }) });
  }
  const body = operation.requestBody;
  if (body) {
    const schema = body.content[JSON_TYPE]?.schema;
    if (schema === undefined) throw new Error(`${id}: the client sends bodies as ${JSON_TYPE} only`);
    const required = body.required ?? false;
    fields.push({ name: "body", required, code: memberOf("body", schema, { required, direction: "input", note: {} }) });
  }
  const names = fields.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`${id}: "${twice}" stands for two things, so a caller could not say which`);
  return fields.sort((a, b) => Number(b.required) - Number(a.required));
}

/** In an address there is no null, though a schema that turns text into a number may take one. */
function withoutNull(schema: Schema): Schema {
  if (typeof schema === "boolean" || !Array.isArray(schema.type)) return schema;
  return { ...schema, type: schema.type.filter((type) => type !== "null") };
}

/** Headers the client sets by itself, from the options of a call. */
const knownHeaders = [
  "accept-language",
  "authorization",
  "idempotency-key",
  "if-match",
  "if-none-match",
  "last-event-id",
];

function isInput({ name, in: place, required, explode }: Parameter, id: string): boolean {
  if (place === "cookie") throw new Error(`${id}: the client sends no cookies, "${name}"`);
  if (place === "query" && explode === false) throw new Error(`${id}: "${name}" would have to be joined by commas`);
  if (place !== "header") return true;
  const isKnown = knownHeaders.includes(name.toLowerCase()) || name.toLowerCase().startsWith("x-request-id");
  if (required && !isKnown) throw new Error(`${id}: the client does not know the header ${name}`);
  return false;
}

function optionsOf(found: ClientOperation): string {
  if (takes(found, "idempotency-key")) return "options?: CreateOptions";
  const version = takes(found, "if-match");
  if (!version) return "options?: ReadOptions";
  return version.required ? "options: ChangeOptions & { version: Version }" : "options?: ChangeOptions";
}

const takes = ({ operation }: ClientOperation, header: string) =>
  operation.parameters?.find(({ name, in: place }) => place === "header" && name.toLowerCase() === header);

type Answers = { json: Schema[]; type: string | undefined; events: string | undefined };

/** What success looks like: JSON, nothing at all, a stream of events, or a choice of them. */
function answersOf({ id, operation }: ClientOperation): Answers {
  const contents = Object.entries(operation.responses ?? {})
    .filter(([status]) => /^2/.test(status))
    .map(([, { content = {} }]) => content as Content);
  if (contents.length === 0) throw new Error(`${id}: no answer of 2xx is described`);

  const json = contents.flatMap((content) => content[JSON_TYPE]?.schema ?? []);
  const [events] = contents.flatMap((content) => content[EVENTS_TYPE] ?? []);
  const isEmpty = contents.some((content) => Object.keys(content).length === 0);
  const other = contents.flatMap(Object.keys).find((type) => type !== JSON_TYPE && type !== EVENTS_TYPE);
  if (other !== undefined) throw new Error(`${id}: the client cannot read ${other}`);

  const types = [...new Set(json.map((schema) => typeOf(schema, "output")))];
  if (isEmpty) types.push(types.length === 0 ? "void" : "undefined");
  return {
    json,
    type: types.length === 0 ? undefined : types.join(" | "),
    events: events && eventData(events),
  };
}

/** What an event's data is. A stream as a whole is text, which says nothing about its events. */
function eventData({ schema, "x-event-data": data }: Content[string]): string {
  const said = data ?? schema ?? true;
  const type = typeOf(said, "output");
  return type === "string" ? "unknown" : type;
}

function isPage([schema, ...others]: readonly Schema[], document: OpenApiDocument): boolean {
  if (schema === undefined || others.length > 0 || typeof schema === "boolean") return false;
  if (schema.$ref !== undefined)
    return isPage([document.components?.schemas?.[nameIn(schema.$ref)] ?? false], document);
  const parts = [schema, ...(schema.allOf ?? [])];
  const has = (name: string) =>
    parts.some((part) => {
      if (typeof part === "boolean") return false;
      if (part.properties && name in part.properties) return true;
      return part !== schema && part.$ref !== undefined && isPage([part], document);
    });
  return has("items") && has("next_cursor");
}

/** The codes that an operation can fail with, as the descriptions of its answers name them. */
export function codesOf({ operation: { responses = {} } }: ClientOperation): string[] {
  const failures = Object.entries(responses).filter(([status]) => /^[45]/.test(status));
  const codes = failures.flatMap(([, { description = "" }]) => [...description.matchAll(/`(\w+)`:/g)]);
  return [...new Set(codes.map(([, code = ""]) => code))];
}

function docOf(found: ClientOperation, usual: ReadonlySet<string>): string {
  const { method, path, operation } = found;
  const { summary, description, deprecated } = operation;
  const codes = codesOf(found).filter((code) => !usual.has(code));
  return commentOf([
    ...(summary === undefined ? [] : [`${summary}.`, ""]),
    ...(description === undefined ? [] : [...description.split("\n"), ""]),
    `\`${method} ${path}\``,
    ...(codes.length === 0 ? [] : ["", `@throws ApiError ${codes.map((code) => `\`${code}\``).join(", ")}`]),
    ...(deprecated ? ["@deprecated"] : []),
  ]);
}
