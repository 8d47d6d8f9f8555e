import { resolved, type Schema, type Schemas } from "./document.ts";

/**
 * The schema of an answer with every reference in place and every object closed: a field that the document does not
 * name is a difference, although JSON Schema lets it pass.
 */
export function closeSchema(schema: Schema, schemas: Schemas): object {
  const close = (part: Schema) => closeSchema(part, schemas);
  const whole = resolved(schema, schemas);
  const { allOf, anyOf, oneOf, items, prefixItems, additionalProperties } = whole;
  const closed: Record<string, unknown> = { ...whole, ...inside(whole, close) };
  if (items) closed.items = close(items);
  if (prefixItems) closed.prefixItems = prefixItems.map(close);
  if (anyOf) closed.anyOf = anyOf.map(close);
  if (oneOf) closed.oneOf = oneOf.map(close);
  // Parts of one object: only together do they know all of its fields.
  if (allOf) closed.allOf = allOf.map((part) => openSchema(part, schemas));
  if (typeof additionalProperties === "object") closed.additionalProperties = close(additionalProperties);
  else if (additionalProperties === undefined && (whole.properties || allOf)) closed.unevaluatedProperties = false;
  return closed;
}

/** As `closeSchema`, but for the object itself. */
function openSchema(schema: Schema, schemas: Schemas): object {
  const { unevaluatedProperties: _, ...open } = closeSchema(schema, schemas) as { unevaluatedProperties?: unknown };
  return open;
}

function inside({ properties }: Schema, close: (part: Schema) => object): object {
  if (!properties) return {};
  return { properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, close(part)])) };
}
