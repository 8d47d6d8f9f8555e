import { createRoute, z } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { Deps } from "../../deps.ts";
import { json } from "../../http/describe.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { oneAtATime } from "../../one-at-a-time.ts";
import { closing, readinessOf, readinessReasons } from "./readiness.ts";

const product = z.string().openapi({ example: "bestays" });

const getHealthRoute = createRoute({
  method: "get",
  path: "/health",
  operationId: "getHealth",
  tags: ["health"],
  summary: "The process lives; no store is asked",
  responses: { 200: json(z.object({ status: z.literal("ok"), product }), "It lives") },
});

const getDatabaseHealthRoute = createRoute({
  method: "get",
  path: "/health/db",
  operationId: "getDatabaseHealth",
  tags: ["health"],
  summary: "The product's own database answers, is this product's, and has the schema that this code needs",
  responses: {
    200: json(
      z.object({
        status: z.literal("ok"),
        database: z.literal("connected"),
        product,
        schema_version: z.string().nullable().openapi({ example: "20261121_0930-create_users" }),
      }),
      "Connected",
    ),
    503: json(
      z.object({
        status: z.literal("error"),
        database: z.enum(["disconnected", "wrong_database", "schema_behind"]),
        product,
        schema_version: z.null(),
      }),
      "Not usable",
    ),
  },
});

const reasons = z.array(z.enum(readinessReasons));

const getReadinessRoute = createRoute({
  method: "get",
  path: "/health/ready",
  operationId: "getReadiness",
  tags: ["health"],
  summary: "Whether this replica should get traffic",
  responses: {
    200: json(
      z.object({ status: z.enum(["ok", "degraded"]), product, reasons }),
      "`degraded`: core or Redis is away, everything else is served",
    ),
    503: json(
      z.object({ status: z.literal("unavailable"), product, reasons }),
      "The database is away, or we shut down",
    ),
  },
});

export const healthRoutes = ({ id: product }: Product, deps: Deps) => {
  // These routes are open and not limited: a flood of questions reaches the stores as one.
  const askDatabase = oneAtATime(() => deps.database.health());
  const askAll = oneAtATime(() => readinessOf(deps));

  return openRoutes()
    .openapi(getHealthRoute, (c) => c.json({ status: "ok" as const, product }, 200))
    .openapi(getDatabaseHealthRoute, async (c) => {
      const { database, schema_version } = await askDatabase();
      return database === "connected"
        ? c.json({ status: "ok" as const, database, product, schema_version }, 200)
        : c.json({ status: "error" as const, database, product, schema_version: null }, 503);
    })
    .openapi(getReadinessRoute, async (c) => {
      const found = await askAll();
      const { status, reasons } = deps.lifecycle.isClosing ? closing : found;
      return status === "unavailable"
        ? c.json({ status, product, reasons: [...reasons] }, 503)
        : c.json({ status, product, reasons: [...reasons] }, 200);
    });
};
