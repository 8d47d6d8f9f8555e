import { comment, type Direction, type Note } from "./comment.ts";
import { nameIn, type Schema } from "./document.ts";

/** A JSON schema as a TypeScript type. Throws on what a type cannot say, rather than saying something else. */
export function typeOf(schema: Schema, direction: Direction): string {
  if (typeof schema === "boolean") return schema ? "unknown" : "never";
  if (schema.$ref !== undefined) return and([nameIn(schema.$ref), ...rest(schema, "$ref", direction)]);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return or(schema.enum.map((value) => JSON.stringify(value)));

  for (const key of ["anyOf", "oneOf"] as const) {
    const members = schema[key];
    if (members) {
      return and([or(members.map((member) => typeOf(member, direction))), ...rest(schema, key, direction)]);
    }
  }
  if (schema.allOf) {
    const members = schema.allOf.filter((member) => !isOnlyNullable(member));
    const type = and([...members.map((member) => typeOf(member, direction)), ...rest(schema, "allOf", direction)]);
    return members.length < schema.allOf.length ? or([type, "null"]) : type;
  }

  const types = schema.type === undefined ? impliedTypes(schema) : [schema.type].flat();
  return types.length === 0 ? "unknown" : or(types.map((type) => plainType(type, schema, direction)));
}

/**
 * zod-openapi says that a named schema may be null here by `allOf` with one that allows null, which by the letter
 * would allow none.
 */
function isOnlyNullable(schema: Schema): boolean {
  if (typeof schema === "boolean" || !Array.isArray(schema.type) || !schema.type.includes("null")) return false;
  return !("properties" in schema || "enum" in schema || "items" in schema || "additionalProperties" in schema);
}

/** What stands beside a reference or an `allOf` and says something of its own: further properties. */
function rest(schema: Exclude<Schema, boolean>, done: "$ref" | "anyOf" | "oneOf" | "allOf", direction: Direction) {
  return schema.properties ? [typeOf({ ...schema, [done]: undefined }, direction)] : [];
}

function impliedTypes(schema: Exclude<Schema, boolean>): string[] {
  if (schema.properties || schema.additionalProperties !== undefined) return ["object"];
  return schema.items !== undefined || schema.prefixItems ? ["array"] : [];
}

function plainType(type: string, schema: Exclude<Schema, boolean>, direction: Direction): string {
  switch (type) {
    case "string":
    case "boolean":
    case "null":
      return type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return arrayType(schema, direction);
    case "object":
      return objectType(schema, direction);
    default:
      throw new Error(`A schema of type "${type}" cannot be written as a type`);
  }
}

function arrayType({ items, prefixItems }: Exclude<Schema, boolean>, direction: Direction): string {
  if (prefixItems) {
    const members = prefixItems.map((member) => typeOf(member, direction));
    if (items !== undefined && items !== false) members.push(`...${inBrackets(typeOf(items, direction))}[]`);
    return `[${members.join(", ")}]`;
  }
  return `${inBrackets(typeOf(items ?? true, direction))}[]`;
}

function objectType(schema: Exclude<Schema, boolean>, direction: Direction): string {
  const { properties = {}, additionalProperties } = schema;
  const names = Object.keys(properties);
  if (names.length === 0) {
    if (additionalProperties === false) return "Record<string, never>";
    return `Record<string, ${typeOf(additionalProperties ?? true, direction)}>`;
  }
  const own = membersOf(schema, direction);
  // An index signature would have to fit the named properties too.
  const isOpen = typeof additionalProperties === "object" && Object.keys(additionalProperties).length > 0;
  return isOpen ? `${own} & Record<string, ${typeOf(additionalProperties, direction)}>` : own;
}

/** The named properties of an object, in braces, each with what the document says about it. */
export function membersOf(schema: Exclude<Schema, boolean>, direction: Direction): string {
  const required = new Set(schema.required);
  const lines = Object.entries(schema.properties ?? {}).map(([name, property]) =>
    memberOf(name, property, { required: required.has(name), direction }),
  );
  return `{\n${lines.join("\n")}\n}`;
}

/** One property with its comment. */
export function memberOf(
  name: string,
  schema: Schema,
  { required, direction, note }: { required: boolean; direction: Direction; note?: Note },
): string {
  const type = typeOf(schema, direction);
  // Under `exactOptionalPropertyTypes` a caller could otherwise not hand on what may be missing.
  const orMissing = !required && direction === "input" && type !== "unknown" ? " | undefined" : "";
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  return `${comment(note ?? schema, direction)}${key}${required ? "" : "?"}: ${type}${orMissing};`;
}

function or(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  if (distinct.includes("unknown")) return "unknown";
  return distinct.length === 1 ? (distinct[0] as string) : distinct.map((type) => member(type, " & ")).join(" | ");
}

function and(types: readonly string[]): string {
  const distinct = [...new Set(types)].filter((type) => type !== "unknown");
  if (distinct.length === 0) return "unknown";
  return distinct.length === 1 ? (distinct[0] as string) : distinct.map((type) => member(type, " | ")).join(" & ");
}

const member = (type: string, loose: string) => (outermost(type).includes(loose) ? `(${type})` : type);
const inBrackets = (type: string) => (/ [|&] /.test(outermost(type)) ? `(${type})` : type);

/** A type without what stands in its brackets. */
function outermost(type: string): string {
  const inner = /\{[^{}]*\}|\[[^[\]]*\]|\([^()]*\)|<[^<>]*>/g;
  const stripped = type.replace(/"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\//g, "").replace(inner, "");
  return stripped === type ? type : outermost(stripped);
}
