import { describe, expect, it } from "vitest";
import { generateClient, type OpenApiDocument } from "./index.ts";

type Operation = NonNullable<NonNullable<NonNullable<OpenApiDocument["paths"]>[string]>["post"]>;
type Schemas = NonNullable<NonNullable<OpenApiDocument["components"]>["schemas"]>;

const Problem = { type: "object", properties: { code: { enum: ["invalid", "gone"] } }, required: ["code"] } as const;
const ok = {
  200: { description: "Fine", content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
};
const Thing = { type: "object", properties: { id: { type: "string" } }, required: ["id"] } as const;

/** The client of an API of one operation. */
function clientOf(
  operation: Partial<Operation>,
  { method = "get", path = "/api/v1/things", schemas = {} as Schemas } = {},
) {
  const described = { operationId: "theThing", responses: ok, ...operation };
  return generateClient({
    paths: { [path]: { [method]: described } },
    components: { schemas: { Problem, Thing, ...schemas } },
  });
}

/** How a schema is written as the type of a field. */
const typeOf = (schema: Schemas[string], schemas: Schemas = {}) => {
  const text = clientOf(
    {},
    { schemas: { Thing: { type: "object", properties: { field: schema }, required: ["field"] }, ...schemas } },
  );
  return /interface Thing \{\n(?:\/\*\*[\s\S]*?\*\/\n)?field: ([\s\S]*?);\n\}\n\n/.exec(text)?.[1];
};

describe("a schema becomes a type", () => {
  it.each([
    [{ type: "string", format: "uuid" }, "string"],
    [{ type: "integer" }, "number"],
    [{ type: ["number", "null"] }, "number | null"],
    [{ type: "string", enum: ["a", "b"] }, '"a" | "b"'],
    [{ type: ["string", "null"], enum: ["a", null] }, '"a" | null'],
    [{ const: 3 }, "3"],
    [{ type: "array", items: { type: ["string", "null"] } }, "(string | null)[]"],
    [{ type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false }, "[string, number]"],
    [{ type: "object", additionalProperties: { type: "integer" } }, "Record<string, number>"],
    [{ type: "object", additionalProperties: false }, "Record<string, never>"],
    [{ type: "object" }, "Record<string, unknown>"],
    [{}, "unknown"],
    [true, "unknown"],
    [{ anyOf: [{ $ref: "#/components/schemas/Other" }, { type: "null" }] }, "Other | null"],
    [
      { allOf: [{ $ref: "#/components/schemas/Other" }, { anyOf: [{ type: "string" }, { type: "null" }] }] },
      "Other & (string | null)",
    ],
    [{ allOf: [{ $ref: "#/components/schemas/Other" }], description: "said" }, "Other"],
    [{ $ref: "#/components/schemas/Other", description: "said" }, "Other"],
    [{ allOf: [{ $ref: "#/components/schemas/Other" }, { type: ["object", "null"] }] }, "Other | null"],
    [
      { type: "array", items: { type: "object", properties: { a: { enum: [1, "a | b"] } } } },
      '{\na?: 1 | "a | b";\n}[]',
    ],
    [{ type: "object", properties: { "a-b": { type: "boolean" } } }, '{\n"a-b"?: boolean;\n}'],
  ] as const)("%j", (schema, expected) => {
    expect(typeOf(schema, { Other: { type: "string" } })).toBe(expected);
  });

  it("and so does what it refers to, under whatever name", () => {
    const Other = { type: "object", properties: { default: { $ref: "#/components/schemas/Third" } } } as const;
    const text = clientOf(
      {},
      { schemas: { Thing: { $ref: "#/components/schemas/Other" }, Other, Third: { const: 3 } } },
    );
    expect(text).toContain("type Third = 3;");
    expect(text).toContain("default?: Third;");
  });

  it("or is refused", () => {
    expect(() => typeOf({ type: "file" })).toThrow('"file"');
    expect(() => typeOf({ $ref: "#/components/schemas/Missing" })).toThrow("does not hold it");
    expect(() => typeOf({ $ref: "https://example.test/schema.json" })).toThrow("not a reference to a schema");
  });

  it("with what a type cannot say in its comment, which cannot end early", () => {
    const described = { type: "string", description: "Ends */ here", format: "date", example: "2026-11-21" } as const;
    const text = clientOf({}, { schemas: { Thing: { type: "object", properties: { on: described } } } });
    expect(text).toContain("/**\n * Ends *\\/ here\n * @format date\n * @example 2026-11-21\n */\non?: string;");
  });
});

describe("an operation becomes a method", () => {
  it("with path and query side by side, the body apart, and what may be left out undefined too", () => {
    const text = clientOf(
      {
        parameters: [
          { name: "dry_run", in: "query", schema: { type: ["boolean", "null"] } },
          { name: "id", in: "path", required: true, schema: { type: "string" } },
          { name: "If-Match", in: "header", schema: { type: "string" } },
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Change" } } },
        },
      },
      {
        method: "patch",
        path: "/api/v1/things/{id}",
        schemas: { Change: { type: "object", properties: { title: { type: "string" } } } },
      },
    );
    expect(text).toContain("theThing(input: TheThingInput, options?: ChangeOptions): Promise<Thing>;");
    expect(text).toContain("interface TheThingInput {\nid: string;\nbody: Change;\ndry_run?: boolean | undefined;\n}");
    expect(text).toContain("interface Change {\ntitle?: string | undefined;\n}");
    expect(text).toContain('theThing: { method: "PATCH", path: "/api/v1/things/{id}" }');
  });

  it("that needs the version where the API does", () => {
    const parameters = [{ name: "If-Match", in: "header", required: true }] as const;
    expect(clientOf({ parameters }, { method: "put" })).toContain(
      "theThing(options: ChangeOptions & { version: Version })",
    );
  });

  it("whatever it shares with others", () => {
    const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });
    const shared = {
      parameters: { Id: { name: "id", in: "path", required: true, schema: { type: "string" } } },
      responses: {
        Gone: { description: "`gone`: Not there", headers: { "X-Request-Id": ref("headers", "X-Request-Id") } },
      },
      headers: { "X-Request-Id": { schema: { type: "string" } } },
    };
    const operation = {
      operationId: "a",
      parameters: [ref("parameters", "Id")],
      responses: { ...ok, 410: ref("responses", "Gone") },
    };
    const other = { operationId: "b", responses: ok };
    const text = generateClient({
      paths: { "/api/v1/a/{id}": { get: operation }, "/api/v1/b": { get: other } },
      components: { schemas: { Problem, Thing }, ...shared },
    } as unknown as OpenApiDocument);
    expect(text).toContain("interface AInput {\nid: string;\n}");
    expect(text).toContain("@throws ApiError `gone`");
  });

  it("that has its effect once where the API promises that", () => {
    const parameters = [{ name: "Idempotency-Key", in: "header" }] as const;
    const text = clientOf({ parameters }, { method: "post" });
    expect(text).toContain("theThing(options?: CreateOptions): Promise<Thing>;");
    expect(text).toContain("once: true");
    const without = clientOf({}, { method: "post" });
    expect(without).toContain("theThing(options?: ReadOptions): Promise<Thing>;");
    expect(without).not.toContain("once");
  });

  it("that pages where there are a cursor and a next one", () => {
    const Thing = { allOf: [{ $ref: "#/components/schemas/List" }] } as const;
    const List = {
      type: "object",
      properties: { items: { type: "array", items: {} }, next_cursor: { type: ["string", "null"] } },
      required: ["items", "next_cursor"],
    } as const;
    const cursor = { name: "cursor", in: "query", schema: { type: "string" } } as const;
    const property_id = { name: "property_id", in: "query", required: true, schema: { type: "string" } } as const;
    const schemas = { Thing, List };
    expect(clientOf({ parameters: [cursor] }, { schemas })).toContain(": PagedMethod<[input?: TheThingInput], Thing>;");
    expect(clientOf({ parameters: [cursor, property_id] }, { schemas })).toContain("<[input: TheThingInput], Thing>;");
    expect(clientOf({}, { schemas })).toContain("theThing(options?: ReadOptions): Promise<Thing>;");
    expect(clientOf({ parameters: [cursor] })).not.toContain("PagedMethod");
  });

  it("that answers with each thing it can be answered with", () => {
    const schema = { $ref: "#/components/schemas/Thing" };
    const json = { "application/json": { schema } };
    const events = { "text/event-stream": { schema: { type: "string" } } };
    const answer = (content?: object) => ({ description: "", ...(content && { content }) });
    const code = (responses: object, method = "post") => clientOf({ responses } as Partial<Operation>, { method });

    expect(code({ 204: answer() })).toContain("Promise<void>;");
    expect(code({ 200: answer(json), 204: answer() })).toContain("Promise<Thing | undefined>;");
    expect(code({ 200: answer(json), 201: answer(json) })).toContain("Promise<Thing>;");
    expect(code({ 200: answer(events) }, "get")).toContain(
      "theThing(options?: StreamOptions): AsyncGenerator<StreamEvent<unknown>, void, undefined>;",
    );
    const typed = { "text/event-stream": { "x-event-data": schema } };
    const both = code({ 200: answer({ ...json, ...typed }) });
    expect(both).toContain("(options?: ReadOptions): Promise<Thing>;");
    expect(both).toContain("stream(options?: StreamOptions): AsyncGenerator<StreamEvent<Thing>, void, undefined>;");
    expect(both).toContain('events: "too"');
  });

  it("that says how it can fail, but not what every operation fails with", () => {
    const responses = (...codes: string[]) => ({
      ...ok,
      422: { description: codes.map((code) => `\`${code}\`: why, in \`words\``).join("; ") },
    });
    const text = generateClient({
      paths: {
        "/api/v1/a": { get: { operationId: "a", responses: responses("internal", "gone") } },
        "/api/v1/b": { get: { operationId: "b", responses: responses("internal") } },
      },
      components: { schemas: { Problem, Thing } },
    });
    expect(text).toContain("can fail with:\n * `internal`.");
    expect(text.match(/@throws.*/g)).toEqual(["@throws ApiError `gone`"]);
  });

  it("only if it is part of the versioned API", () => {
    expect(() => clientOf({}, { path: "/api/health" })).not.toThrow();
    expect(clientOf({}, { path: "/api/webhooks/clerk", method: "post" })).not.toContain("theThing");
  });

  it.each([
    [{ operationId: "not a name" }, "operationId"],
    [
      { parameters: [{ name: "body", in: "query" }], requestBody: { content: { "application/json": { schema: {} } } } },
      '"body" stands for two',
    ],
    [{ parameters: [{ name: "sid", in: "cookie" }] }, "cookies"],
    [{ parameters: [{ name: "X-Odd", in: "header", required: true }] }, "X-Odd"],
    [{ requestBody: { content: { "multipart/form-data": {} } } }, "application/json only"],
    [{ responses: { 200: { content: { "text/csv": {} } } } }, "text/csv"],
    [{ responses: { 404: {} } }, "no answer of 2xx"],
  ] as [Partial<Operation>, string][])("or is refused: %j", (operation, reason) => {
    expect(() => clientOf(operation)).toThrow(reason);
  });

  it("whose name no other has, and no schema has the name of one of ours", () => {
    const get = { operationId: "same", responses: ok };
    const document = {
      paths: { "/api/v1/a": { get }, "/api/v1/b": { get } },
      components: { schemas: { Problem, Thing } },
    };
    expect(() => generateClient(document)).toThrow("another operation is called same too");
    const responses = { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Client" } } } } };
    expect(() => clientOf({ responses }, { schemas: { Client: { type: "string" } } })).toThrow(
      "cannot be called Client",
    );
  });
});
