import { setImmediate } from "node:timers/promises";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import { Hono } from "hono";
import { auditDenials } from "./auth/audit-denials.ts";
import { authorize, type Credentials } from "./auth/authorize.ts";
import { findGuest, openGuestTokens } from "./auth/guest-links.ts";
import { promoteByClaims } from "./auth/promote-by-claims.ts";
import { openSigningKeys } from "./auth/signing-keys.ts";
import { cacheUsers } from "./auth/users.ts";
import { loadClerk, openVerifier } from "./auth/verify-token.ts";
import type { AppEnv, Deps } from "./deps.ts";
import { makersOf } from "./features/features.ts";
import { openEventSignal } from "./features/front-desk-events/event-signal.ts";
import { wakeListeners } from "./features/front-desk-events/wake-listeners.ts";
import { answerError, answerNotFound } from "./http/answer-errors.ts";
import { envelope } from "./http/envelope.ts";
import { serveLazily } from "./http/lazy-routes.ts";
import { admission } from "./limits/admission.ts";
import { rateLimits } from "./limits/rate-limits.ts";
import { type FeatureName, routesOf } from "./role-table.ts";

export type App = ReturnType<typeof createApp>;

/** The whole API of a product. It opens nothing and listens nowhere: the stores come in, requests are handed in. */
export function createApp(product: Product, deps: Deps) {
  const { env, redis, log, events = openEventSignal(redis) } = deps;
  const known = credentials(deps);
  const app = new Hono<AppEnv>();
  app.onError(answerError(product.id, log));
  app.notFound(answerNotFound(product.id, app.router));

  // The way of a request, in order.
  app.use(envelope(product, deps, auditDenials(deps)));
  app.use(admission(rateLimits(env, redis), authorize(known)));
  app.use("/api/v1/front-desk/*", wakeListeners(events));
  app.use("/api/v1/guest/*", wakeListeners(events));

  const makers = makersOf({ product, deps, known, events, describe });
  const features = (Object.keys(makers) as FeatureName[]).map((name) =>
    serveLazily(app, routesOf(name), async () => new OpenAPIHono<AppEnv>().route("/api", await makers[name]())),
  );
  return Object.assign(app, { prepare });

  /** Makes what is not made yet, one feature after another, with time for requests in between. */
  async function prepare() {
    for (const feature of features) {
      await feature();
      await setImmediate();
    }
    await loadClerk();
    // Asked for what only Node's own Response knows, Hono's server loads Node's fetch (patches/README.md).
    void new Response().type;
  }

  async function describe() {
    const whole = new OpenAPIHono<AppEnv>();
    for (const feature of features) whole.route("/", await feature());
    const { describeApp } = await import("./openapi.ts");
    return describeApp(whole, product, env.appName);
  }
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
