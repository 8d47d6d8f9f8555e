import { createRoute, z } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { Deps } from "../../deps.ts";
import { json } from "../../http/describe.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { servedFeatures } from "./served-features.ts";

const ConfigSchema = z
  .object({
    product: z.string().openapi({ example: "bestays" }),
    name: z.string().openapi({ example: "Bestays" }),
    theme: z.object({ primary_color: z.string().openapi({ example: "#FF6B6B" }) }),
    locales: z.array(z.string()).openapi({ example: ["en", "th"], description: "The first is the fallback." }),
    features: z.array(z.string()).openapi({ example: ["front_desk"], description: "What this deployment serves." }),
    clerk_publishable_key: z.string().openapi({ example: "pk_test_c2FjcmVkLW1heWZseS01NS5jbGVyay5hY2NvdW50cy5kZXYk" }),
  })
  .openapi("Config");

const getConfigRoute = createRoute({
  method: "get",
  path: "/v1/config",
  operationId: "getConfig",
  tags: ["config"],
  summary: "What a frontend of this product has to know before it starts",
  responses: { 200: json(ConfigSchema, "The product and what is switched on") },
});

export const configRoutes = (product: Product, { env }: Deps) => {
  const config = {
    product: product.id,
    name: env.appName,
    theme: product.theme,
    locales: [...product.locales],
    features: servedFeatures(env),
    clerk_publishable_key: env.clerk.publishableKey,
  };
  return openRoutes().openapi(getConfigRoute, (c) => {
    c.header("Cache-Control", "public, max-age=60");
    return c.json(config, 200);
  });
};
