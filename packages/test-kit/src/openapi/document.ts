import type { Access } from "@whitelabel/shared-api";

/** What our suites use of an OpenAPI 3.1 document. */
export type OpenApiDocument = Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  components: Readonly<{ schemas?: Schemas; headers?: Readonly<Record<string, HeaderObject>> }>;
  tags: readonly Readonly<{ name: string; description?: string }>[];
}>;

export type Schemas = Readonly<Record<string, Schema>>;

export type Schema = Readonly<{
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  pattern?: string;
  example?: unknown;
  default?: unknown;
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  prefixItems?: readonly Schema[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}>;

export type Media = Readonly<{ schema?: Schema; example?: unknown; examples?: Readonly<Record<string, unknown>> }>;
type HeaderObject = Readonly<{ description?: string; schema?: Schema }>;
export type ResponseObject = Readonly<{
  description?: string;
  content?: Readonly<Record<string, Media>>;
  headers?: Readonly<Record<string, object>>;
}>;

type Parameter = Readonly<{
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  example?: unknown;
  schema?: Schema;
}>;

type OperationObject = Readonly<{
  operationId: string;
  summary?: string;
  description?: string;
  tags?: readonly string[];
  parameters?: readonly Parameter[];
  requestBody?: Readonly<{ required?: boolean; content: Readonly<Record<string, Media>> }>;
  responses: Readonly<Record<string, ResponseObject>>;
  security?: readonly object[];
  "x-access": Access;
}>;

export type Operation = Readonly<{
  id: string;
  method: string;
  /** With `{id}` where a value goes. */
  path: string;
  access: Access;
  parameters: readonly Parameter[];
  /** Of its JSON body, if it takes one. */
  body: (Media & Readonly<{ required: boolean }>) | undefined;
  responses: Readonly<Record<string, ResponseObject>>;
  object: OperationObject;
}>;

/** Every operation of the document, in its order. */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, object]) => {
      const media = object.requestBody?.content["application/json"];
      return {
        id: object.operationId,
        method: method.toUpperCase(),
        path,
        access: object["x-access"],
        parameters: object.parameters ?? [],
        body: media && { ...media, required: object.requestBody?.required ?? false },
        responses: object.responses,
        object,
      };
    }),
  );
}

/** The schema in place of a reference to it. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref === undefined) return schema;
  const found = schemas[schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1)];
  if (!found) throw new Error(`${schema.$ref} is not in the document`);
  return resolved(found, schemas);
}
