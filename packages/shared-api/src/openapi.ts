import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { AppEnv } from "./deps.ts";
import { complete } from "./openapi/complete.ts";
import type { Schemas } from "./openapi/example-of.ts";
import { headers } from "./openapi/headers.ts";
import { problemExamples } from "./openapi/problem-examples.ts";
import { type Access, accessTo } from "./role-table.ts";

type Document = ReturnType<OpenAPIHono<AppEnv>["getOpenAPI31Document"]>;

const methods = ["get", "post", "put", "patch", "delete"] as const;

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
      description: descriptionOf(name),
      contact: { name: `The developers of ${name}`, url: product.frontendUrl.production },
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
    },
    servers: [{ url: "/", description: "Where this document comes from" }],
    tags,
  });
  const schemas = (document.components?.schemas ?? {}) as Schemas;
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const access = accessTo(method.toUpperCase(), toRoutePath(path)) ?? "admin";
      operation.security = securityOf[access];
      complete(method, operation, access, schemas);
    }
  }
  const examples = examplesIn(document, problemExamples(product.id));
  const components = { ...document.components, headers, examples };
  return { ...document, components, "x-product": product.id } as Document;
}

/** Those that some answer refers to. */
function examplesIn(document: Document, examples: Record<string, object>) {
  const text = JSON.stringify(document.paths);
  return Object.fromEntries(Object.entries(examples).filter(([code]) => text.includes(`/examples/${code}"`)));
}

const tags = [
  { name: "health", description: "For whoever runs it" },
  { name: "config", description: "What a frontend starts with" },
  { name: "users", description: "Accounts" },
  { name: "audit-logs", description: "What happened, and by whom" },
  { name: "webhooks", description: "For Clerk" },
  { name: "properties", description: "Listings" },
  { name: "dictionaries", description: "What a listing can offer, and its rules" },
  { name: "front-desk", description: "For receptionists: what happens in a branch on a day" },
  { name: "reception-tasks", description: "What reception has to do, and who does it" },
  { name: "front-desk-events", description: "For receptionists: what happens, as it happens" },
  { name: "notifications", description: "For receptionists: what core tells them" },
  { name: "availability", description: "For receptionists: the rooms of a branch, and what is left of them" },
  { name: "parking", description: "For receptionists: spaces, and who has which when" },
  { name: "guest-requests", description: "For receptionists: what guests ask for" },
  { name: "guest-links", description: "For receptionists: a guest's way to their own booking" },
  { name: "guest", description: "For a guest with a link to one booking" },
  { name: "docs", description: "This description" },
];

const descriptionOf = (name: string) => `The API of ${name}. Every product has the same routes.

Errors are RFC 9457 (\`application/problem+json\`) with a stable \`code\` from a closed list; only the health routes answer
in their own shape. A path that nobody serves is 404 \`not_found\`, a method that a path does not know 405
\`method_not_allowed\` with \`Allow\`; \`HEAD\` and \`OPTIONS\` are answered wherever there is something.`;

const session = { session: [] };
const securityOf: Record<Access, Record<string, string[]>[]> = {
  open: [],
  public: [{}, session, { guest_link: [] }],
  guest: [{ guest_link: [] }],
  user: [session],
  agent: [session],
  admin: [session],
};

/** `/a/{id}` in a document is `/a/:id` in the router. */
export function toRoutePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
