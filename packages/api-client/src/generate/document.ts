/** What of an OpenAPI 3.1 document the client is made from. */
export type OpenApiDocument = Readonly<{
  paths?: Readonly<Record<string, PathItem>>;
  components?: Readonly<{ schemas?: Readonly<Record<string, Schema>> }> & Readonly<Record<string, unknown>>;
}>;

type PathItem = Readonly<Partial<Record<Lowercase<Method>, OperationObject>>>;

type OperationObject = Readonly<{
  operationId?: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  parameters?: readonly Parameter[];
  requestBody?: Readonly<{ required?: boolean; content: Content }>;
  responses?: Readonly<Record<string, Readonly<{ description?: string; content?: Content }>>>;
}>;

export type Parameter = Readonly<{
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema?: Schema;
  explode?: boolean;
}>;

export type Content = Readonly<Record<string, Readonly<{ schema?: Schema; "x-event-data"?: Schema }>>>;

export type Schema =
  | boolean
  | Readonly<{
      $ref?: string;
      type?: string | readonly string[];
      enum?: readonly unknown[];
      const?: unknown;
      properties?: Readonly<Record<string, Schema>>;
      required?: readonly string[];
      additionalProperties?: Schema;
      items?: Schema;
      prefixItems?: readonly Schema[];
      anyOf?: readonly Schema[];
      oneOf?: readonly Schema[];
      allOf?: readonly Schema[];
      not?: Schema;
      title?: string;
      description?: string;
      deprecated?: boolean;
      format?: string;
      minimum?: number;
      maximum?: number;
      minLength?: number;
      maxLength?: number;
      minItems?: number;
      maxItems?: number;
      pattern?: string;
      default?: unknown;
      example?: unknown;
    }>;

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];

/** An operation that the client has a method for. */
export type ClientOperation = Readonly<{ id: string; method: Method; path: string; operation: OperationObject }>;

/**
 * The operations of the versioned API, in the order of their paths. Health, docs and webhooks, which are outside it,
 * are not for frontends.
 */
export function operationsOf({ paths = {}, components = {} }: OpenApiDocument): ClientOperation[] {
  const found = Object.entries(paths)
    .filter(([path]) => /^\/api\/v\d+\//.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const operation = item[method.toLowerCase() as Lowercase<Method>];
        if (!operation) return [];
        return [{ id: operation.operationId ?? "", method, path, operation: resolved(operation, components) }];
      }),
    );

  const seen = new Set<string>();
  for (const { id, method, path } of found) {
    if (!/^[a-z]\w*$/i.test(id)) throw new Error(`${method} ${path} needs an operationId that can be a method's name`);
    if (seen.has(id)) throw new Error(`${method} ${path}: another operation is called ${id} too`);
    seen.add(id);
  }
  return found;
}

/** The operation with its shared parameters, bodies and answers in their places. Headers of answers are no types. */
function resolved(operation: OperationObject, components: Readonly<Record<string, unknown>>): OperationObject {
  const { parameters, requestBody, responses = {} } = operation;
  const at = <T>(part: T): T => {
    const ref = (part as { $ref?: string }).$ref;
    if (ref === undefined) return part;
    const [, kind = "", name = ""] = /^#\/components\/(\w+)\/(.+)$/.exec(ref) ?? [];
    const found = (components[kind] as Record<string, T> | undefined)?.[name];
    if (found === undefined) throw new Error(`The document refers to ${ref} and does not hold it`);
    return found;
  };
  const answers = Object.entries(responses).map(([status, answer]) => {
    const { description, content } = at(answer);
    return [status, { ...(description !== undefined && { description }), ...(content && { content }) }];
  });
  return {
    ...operation,
    ...(parameters && { parameters: parameters.map(at) }),
    ...(requestBody && { requestBody: at(requestBody) }),
    responses: Object.fromEntries(answers),
  };
}

export function inputSchemas({ operation: { parameters = [], requestBody } }: ClientOperation): Schema[] {
  return [...parameters.flatMap(({ schema }) => schema ?? []), ...schemasIn(requestBody?.content)];
}

/** Of what is answered on success. */
export function outputSchemas({ operation: { responses = {} } }: ClientOperation): Schema[] {
  return Object.entries(responses).flatMap(([status, { content }]) => (/^2/.test(status) ? schemasIn(content) : []));
}

const schemasIn = (content: Content = {}): Schema[] =>
  Object.values(content).flatMap(({ schema, "x-event-data": data }) => [schema ?? [], data ?? []].flat());

/** The name that a reference into the document's schemas points at. */
export function nameIn(ref: string): string {
  const name = /^#\/components\/schemas\/(\w+)$/.exec(ref)?.[1];
  if (name === undefined) throw new Error(`${ref} is not a reference to a schema of this document`);
  return name;
}
