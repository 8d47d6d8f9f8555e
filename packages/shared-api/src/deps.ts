import type { Core } from "@whitelabel/core-readonly";
import type { Env } from "@whitelabel/shared-config";
import type { Database } from "@whitelabel/shared-db";
import type { Redis } from "@whitelabel/shared-redis";
import type { Logger } from "pino";
import type { CurrentUser } from "./auth/current-user.ts";
import type { CurrentGuest } from "./auth/guest-links.ts";
import type { EventSignal } from "./features/front-desk-events/event-signal.ts";
import type { Deadline } from "./http/deadline.ts";
import type { ErrorCode } from "./http/error-codes.ts";
import type { Failure } from "./http/failure.ts";
import type { Route } from "./http/route.ts";
import type { RateLimit } from "./limits/rate-limit.ts";
import type { Lifecycle } from "./process/lifecycle.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";

/** All that the app needs of the world. Whoever creates the app opens the stores, and closes them. */
export type Deps = Readonly<{
  env: Env;
  database: Database;
  /** Undefined when the product or the deployment has no front desk. */
  core: Core | undefined;
  redis: Redis;
  log: Logger;
  lifecycle: Lifecycle;
  /** Without it nothing is counted or traced. */
  telemetry?: Telemetry;
  /** Shared with the jobs of the process; without it the app opens its own. */
  events?: EventSignal;
}>;

/** What the middleware leaves for the handlers. */
export type AppEnv = {
  Variables: {
    request_id: string;
    /** The route that will answer, null if there is none; ask `routeOf`. */
    route: Route | null | undefined;
    /** Whoever called, on a public route too if they showed a token. */
    user: CurrentUser | undefined;
    /** The guest who called with a link to their booking. */
    guest: CurrentGuest | undefined;
    /** Of the problem that is the answer. */
    code: ErrorCode | undefined;
    /** Where the line that the request leaves in the log takes its error from; closed once the line is written. */
    failure: Failure | undefined;
    /** How long the answer may still take; what waits for the client suspends it. */
    deadline: Deadline | undefined;
    /** What the answer says of the limit that this request was counted by. */
    rate_limit: RateLimit | undefined;
    /** What `c.header()` was called with, by names in lower case. */
    headers: Record<string, string>;
  };
};
