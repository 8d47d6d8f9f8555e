import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { AppEnv } from "./deps.ts";
import { problems } from "./http/describe.ts";
import type { ErrorCode } from "./http/error-codes.ts";
import { type Access, accessTo } from "./role-table.ts";

type Document = ReturnType<OpenAPIHono<AppEnv>["getOpenAPI31Document"]>;
type Operation = NonNullable<NonNullable<Document["paths"]>[string]["get"]>;

const methods = ["get", "post", "put", "patch", "delete"] as const;

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

/** OpenAPI 3.1 of what is served: who may call and the answers that all routes share come from the role table. */
export function describeApp(app: OpenAPIHono<AppEnv>, product: Product, name: string): Document {
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "A session token of the product's Clerk instance.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "guest_link", {
    type: "http",
    scheme: "bearer",
    description: "The token of a guest's link, `gl_…`, from the fragment of their page's address.",
  });
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: `${name} API`,
      version: "1",
      description: `The API of ${name}. Every product has the same routes; errors are RFC 9457 with a stable \`code\`.`,
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
    },
    servers: [{ url: "/", description: "Where this document comes from" }],
    tags,
  });
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method];
      if (operation) complete(operation, accessTo(method.toUpperCase(), toRoutePath(path)) ?? "admin");
    }
  }
  return { ...document, "x-product": product.id } as Document;
}

const tags = [
  { name: "health", description: "For whoever runs it" },
  { name: "config", description: "What a frontend starts with" },
  { name: "users", description: "Accounts" },
  { name: "properties", description: "Listings" },
  { name: "dictionaries", description: "What a listing can offer, and its rules" },
  { name: "front-desk", description: "For receptionists: what happens in a branch on a day" },
  { name: "front-desk-events", description: "For receptionists: what happens, as it happens" },
  { name: "docs", description: "This description" },
];

const session = { session: [] };
const securityOf: Record<Access, Record<string, string[]>[]> = {
  open: [],
  public: [{}, session, { guest_link: [] }],
  guest: [{ guest_link: [] }],
  user: [session],
  agent: [session],
  admin: [session],
};

function complete(operation: Operation, access: Access): void {
  operation.security = securityOf[access];
  (operation as Record<string, unknown>)["x-access"] = access;
  // Health is never refused; a body can be before its route sees it.
  const codes = operation.tags?.includes("health") ? (["internal"] as const) : commonCodes[access];
  const common = problems(...codes, ...(operation.requestBody ? bodyCodes : []));
  for (const [status, { description }] of Object.entries(common)) {
    operation.responses ??= {};
    operation.responses[status] ??= {
      description,
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
}

/** `/a/{id}` in a document is `/a/:id` in the router. */
export function toRoutePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
