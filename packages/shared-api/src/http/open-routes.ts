import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import type { z } from "zod";
import type { AppEnv } from "../deps.ts";
import { AppError } from "./app-error.ts";

type Routes = OpenAPIHono<AppEnv>;
type Target = "query" | "param" | "header" | "json";

/**
 * Routes of a feature, to be filled with `openapi(route, handler)`. As zod-openapi's own, but that a route's checks and
 * its handler are one step that waits for nothing but a body: a middleware each, all of them asynchronous, made a quick
 * request a fifth dearer.
 */
export function openRoutes(): Routes {
  const routes: Routes = new OpenAPIHono();
  const openapi = (route: RouteConfig, handler: MiddlewareHandler<AppEnv>) => {
    routes.openAPIRegistry.registerPath(route);
    return routes.on(route.method, route.path.replaceAll(/\/{(.+?)}/g, "/:$1"), checked(route, handler));
  };
  return Object.assign(routes, { openapi: openapi as unknown as Routes["openapi"] });
}

function checked({ request }: RouteConfig, handler: MiddlewareHandler<AppEnv>): MiddlewareHandler<AppEnv> {
  const checks: ((c: Context<AppEnv>) => void)[] = [];
  const { query, params, headers, body } = (request ?? {}) as Record<"query" | "params" | "headers", z.ZodObject> & {
    body?: { required?: boolean; content: { "application/json"?: { schema: z.ZodType } } };
  };
  if (query) checks.push((c) => check(c, "query", query, singled(c.req.queries())));
  if (params) checks.push((c) => check(c, "param", params, c.req.param()));
  if (headers) {
    const names = Object.keys(headers.shape);
    checks.push((c) => check(c, "header", headers, present(names.map((name) => [name, c.req.header(name)]))));
  }
  const schema = body?.content["application/json"]?.schema;
  // A schema that is not zod's only describes: the route looks at the body by itself.
  if (!schema || !("safeParse" in schema)) {
    return (c, next) => {
      for (const one of checks) one(c);
      return handler(c, next);
    };
  }
  const isRequired = body?.required === true;
  return async (c, next) => {
    for (const one of checks) one(c);
    const isSent = c.req.header("Content-Type") !== undefined;
    const value = isSent ? await jsonOf(c) : {};
    if (isSent || isRequired) check(c, "json", schema, value);
    else c.req.addValidatedData("json", {});
    return handler(c, next);
  };
}

function check(c: Context<AppEnv>, target: Target, schema: z.ZodType, value: unknown): void {
  const { data, error } = schema.safeParse(value);
  if (error) throw invalid(target, error);
  c.req.addValidatedData(target, data as object);
}

/** What stands there twice stays a list, which no schema takes for one value. */
function singled(all: Record<string, string[]>): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = Object.create(null); // a name may be `__proto__`
  for (const name in all) {
    const given = all[name] as string[];
    values[name] = given.length === 1 ? (given[0] as string) : given;
  }
  return values;
}

function present(entries: [string, string | undefined][]): Record<string, string | undefined> {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

async function jsonOf(c: Context<AppEnv>): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (error) {
    throw new AppError("invalid", "The body is not valid JSON", { cause: error });
  }
}

/** Input that does not fit its schema: where and why, never what it was. */
function invalid(target: Target, { issues }: z.ZodError): AppError {
  return new AppError("invalid", "The request is not valid", {
    errors: issues.flatMap((issue) => {
      const path = [target, ...issue.path].map(String).join(".");
      if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
      return issue.keys.map((key) => ({ path: isName(key) ? `${path}.${key}` : path, message: "Unknown field" }));
    }),
  });
}

/** A key is the caller's text too; only what looks like a field's name is repeated. */
function isName(key: string): boolean {
  return /^[\w-]{1,64}$/.test(key);
}
