import { OpenAPIHono } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import { auditDenials } from "./auth/audit-denials.ts";
import { authorize, type Credentials } from "./auth/authorize.ts";
import { findGuest, openGuestTokens } from "./auth/guest-links.ts";
import { promoteByClaims } from "./auth/promote-by-claims.ts";
import { openSigningKeys } from "./auth/signing-keys.ts";
import { cacheUsers } from "./auth/users.ts";
import { openVerifier } from "./auth/verify-token.ts";
import type { AppEnv, Deps } from "./deps.ts";
import { auditLogRoutes } from "./features/audit-logs/routes.ts";
import { availabilityRoutes } from "./features/availability/routes.ts";
import { configRoutes } from "./features/config/routes.ts";
import { dictionaryRoutes } from "./features/dictionaries/routes.ts";
import { docsRoutes } from "./features/docs/routes.ts";
import { frontDeskRoutes } from "./features/front-desk/routes.ts";
import { openEventSignal } from "./features/front-desk-events/event-signal.ts";
import { frontDeskEventRoutes } from "./features/front-desk-events/routes.ts";
import { wakeListeners } from "./features/front-desk-events/wake-listeners.ts";
import { frontDeskSummaryRoutes } from "./features/front-desk-summary/routes.ts";
import { guestRoutes } from "./features/guest/routes.ts";
import { guestLinkRoutes } from "./features/guest-links/routes.ts";
import { guestRequestRoutes } from "./features/guest-requests/routes.ts";
import { healthRoutes } from "./features/health/routes.ts";
import { notificationRoutes } from "./features/notifications/routes.ts";
import { parkingRoutes } from "./features/parking/routes.ts";
import { propertyRoutes } from "./features/properties/routes.ts";
import { taskClaimRoutes } from "./features/reception-tasks/claim-routes.ts";
import { receptionTaskRoutes } from "./features/reception-tasks/routes.ts";
import { userRoutes } from "./features/users/routes.ts";
import { webhookRoutes } from "./features/webhooks/routes.ts";
import { answerError, answerNotFound, refuseInvalid } from "./http/answer-errors.ts";
import { envelope } from "./http/envelope.ts";
import { rateLimits } from "./limits/rate-limits.ts";
import { readBody } from "./limits/read-body.ts";
import { describeApp } from "./openapi.ts";

export type App = ReturnType<typeof createApp>;

/** The whole API of a product. It opens nothing and listens nowhere: the stores come in, requests are handed in. */
export function createApp(product: Product, deps: Deps) {
  const { env, redis, log, events = openEventSignal(redis) } = deps;
  const known = credentials(deps);
  const { limitAddress, limitCaller } = rateLimits(env, redis);
  const app = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
  app.onError(answerError(product.id, log));
  app.notFound(answerNotFound(product.id, app.router));

  // The way of a request, in order.
  app.use(envelope(product, deps));
  app.use(auditDenials(deps));
  app.use(limitAddress);
  app.use(authorize(known));
  app.use(limitCaller);
  app.use(readBody);
  app.use("/api/v1/front-desk/*", wakeListeners(events));
  app.use("/api/v1/guest/*", wakeListeners(events));

  return app
    .route("/api", healthRoutes(product, deps))
    .route("/api", configRoutes(product, deps))
    .route("/api", userRoutes(deps, known.users))
    .route("/api", webhookRoutes(deps, known.users))
    .route("/api", auditLogRoutes(deps))
    .route("/api", propertyRoutes(product, deps))
    .route("/api", dictionaryRoutes(product, deps))
    .route("/api", frontDeskRoutes(deps))
    .route("/api", receptionTaskRoutes(product, deps))
    .route("/api", taskClaimRoutes(deps))
    .route("/api", parkingRoutes(deps))
    .route("/api", guestRequestRoutes(deps))
    .route("/api", guestLinkRoutes(deps))
    .route("/api", guestRoutes(deps))
    .route("/api", frontDeskEventRoutes(deps, events, known.verifyToken))
    .route("/api", notificationRoutes(deps))
    .route("/api", availabilityRoutes(deps))
    .route("/api", frontDeskSummaryRoutes(deps))
    .route(
      "/api",
      docsRoutes(deps, () => describeApp(app, product, env.appName)),
    );
}

function credentials({ env, database }: Deps): Credentials {
  const tokens = openGuestTokens(env.appSecret.secret);
  const users = cacheUsers(database);
  return {
    verifyToken: openVerifier(env, openSigningKeys(env.clerk)),
    users,
    promote: promoteByClaims({ env, database, users }),
    findGuest: async (token) => {
      const linkId = tokens.verify(token);
      return linkId === undefined ? undefined : await findGuest(database, linkId);
    },
  };
}
