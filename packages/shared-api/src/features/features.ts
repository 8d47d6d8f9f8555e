import { OpenAPIHono } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import type { Schema } from "hono/types";
import type { Credentials } from "../auth/authorize.ts";
import type { AppEnv, Deps } from "../deps.ts";
import type { FeatureName } from "../role-table.ts";
import type { EventSignal } from "./front-desk-events/event-signal.ts";

/** What a feature serves, under `/api`. */
type Feature = OpenAPIHono<AppEnv, Schema, string>;

type Needs = Readonly<{
  product: Product;
  deps: Deps;
  known: Credentials;
  events: EventSignal;
  /** The OpenAPI document. */
  describe: () => Promise<object>;
}>;

/** How each feature is made, with all that only it needs: its code is not evaluated before. */
export function makersOf({ product, deps, known, events, describe }: Needs) {
  return {
    health: async () => (await import("./health/routes.ts")).healthRoutes(product, deps),
    config: async () => (await import("./config/routes.ts")).configRoutes(product, deps),
    users: async () => (await import("./users/routes.ts")).userRoutes(deps, known.users),
    webhooks: async () => (await import("./webhooks/routes.ts")).webhookRoutes(deps, known.users),
    "audit-logs": async () => (await import("./audit-logs/routes.ts")).auditLogRoutes(deps),
    properties: async () => (await import("./properties/routes.ts")).propertyRoutes(product, deps),
    dictionaries: async () => (await import("./dictionaries/routes.ts")).dictionaryRoutes(product, deps),
    "front-desk": async () => (await import("./front-desk/routes.ts")).frontDeskRoutes(deps),
    "reception-tasks": async () => {
      const { receptionTaskRoutes } = await import("./reception-tasks/routes.ts");
      const { taskClaimRoutes } = await import("./reception-tasks/claim-routes.ts");
      return new OpenAPIHono<AppEnv>().route("/", receptionTaskRoutes(product, deps)).route("/", taskClaimRoutes(deps));
    },
    parking: async () => (await import("./parking/routes.ts")).parkingRoutes(deps),
    "guest-requests": async () => (await import("./guest-requests/routes.ts")).guestRequestRoutes(deps),
    "guest-links": async () => (await import("./guest-links/routes.ts")).guestLinkRoutes(deps),
    guest: async () => (await import("./guest/routes.ts")).guestRoutes(deps),
    "front-desk-events": async () =>
      (await import("./front-desk-events/routes.ts")).frontDeskEventRoutes(deps, events, known.verifyToken),
    notifications: async () => (await import("./notifications/routes.ts")).notificationRoutes(deps),
    availability: async () => (await import("./availability/routes.ts")).availabilityRoutes(deps),
    "front-desk-summary": async () => (await import("./front-desk-summary/routes.ts")).frontDeskSummaryRoutes(deps),
    docs: async () => (await import("./docs/routes.ts")).docsRoutes(deps, describe),
  } satisfies Record<FeatureName, () => Promise<Feature>>;
}
