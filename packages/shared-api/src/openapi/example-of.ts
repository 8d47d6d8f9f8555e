/** As much of JSON Schema as our documents use. */
export type Schema = Readonly<{
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  description?: string;
  example?: unknown;
  default?: unknown;
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  minimum?: number;
}>;

export type Schemas = Readonly<Record<string, Schema>>;

/** A value that fits the schema, made of the examples that stand at its parts; undefined where nothing says one. */
export function exampleOf(schema: Schema, schemas: Schemas): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.$ref) return exampleOf(schemas[nameIn(schema.$ref)] ?? {}, schemas);
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.allOf) return merged(schema, schema.allOf, schemas);
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return exampleOf(choice, schemas);
  return plainExample(schema, schemas);
}

function merged({ allOf: _, ...rest }: Schema, parts: readonly Schema[], schemas: Schemas): unknown {
  return Object.assign({}, ...[...parts, rest].map((part) => exampleOf(part, schemas)));
}

function plainExample(schema: Schema, schemas: Schemas): unknown {
  const type = typeof schema.type === "string" ? schema.type : schema.type?.find((one) => one !== "null");
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, exampleOf(part, schemas)]),
      );
    case "array":
      return schema.items ? [exampleOf(schema.items, schemas)] : [];
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return false;
    case "null":
      return null;
    case "string":
      return strings[schema.format ?? ""] ?? "text";
  }
  return schema.properties ? plainExample({ ...schema, type: "object" }, schemas) : undefined;
}

const strings: Readonly<Record<string, string>> = {
  uuid: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10",
  "date-time": "2026-11-21T04:00:00.123Z",
  date: "2026-11-21",
  uri: "https://example.com/",
  email: "somebody@example.com",
};

/** `Property` of `#/components/schemas/Property`. */
const nameIn = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);
