import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { EnvError, type Product, readEnv } from "@whitelabel/shared-config";
import type { Logger } from "pino";
import type { Deps } from "./deps.ts";
import { errorDetails } from "./http/error-details.ts";
import { type Jobs, startJobs } from "./jobs/run-jobs.ts";
import { openPlaces, placesFor } from "./limits/places.ts";
import { consoleToLog } from "./process/console-to-log.ts";
import { exit } from "./process/exit.ts";
import { listenOnce, listenWide } from "./process/listen-wide.ts";
import { beginProof } from "./process/prove-stores.ts";
import { startProof } from "./process/start-proof.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";

/** The first who ask are answered before what nobody asked for is made. */
const PREPARE_AFTER_MS = 200;
const REDIS_AFTER_MS = 50;
/** Within it this machine or the next one takes a connection, and the handshake begins. */
const CONNECT_STEP_MS = 1;
/** A message of the handshake comes within it. */
const HANDSHAKE_STEP_MS = 3;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The whole process of a product's API, from its environment to its end. Returns before it serves; ends the process
 * with one message on stderr if it must not.
 */
export function serve(product: Product, source: Variables): void {
  start(product, source).catch((error) => {
    // Nobody awaits it, and a process that half started is none: as if it had been thrown here.
    process.nextTick(() => {
      throw error;
    });
  });
}

async function start(product: Product, source: Variables): Promise<void> {
  const env = readEnvOrExit(product, source);
  // Nothing is served before the stores are proved, but all that serves is made while they answer.
  const begun = beginProof(product, env);
  await sleep(CONNECT_STEP_MS);
  const { openLog } = await import("./process/open-log.ts");
  const { log, dropped, flushed } = openLog(product, env);
  consoleToLog(log);
  survive(log);

  await setImmediate();
  const { openTelemetry } = await import("./telemetry/telemetry.ts");
  const telemetry = await openTelemetry(product, env, log);
  const { openCache, openDatabases } = await import("./process/open-stores.ts");
  const stores = openDatabases(product, env, log, telemetry);
  const proof = startProof({ product, env, log, begun });
  const redis = openCache(
    product,
    env,
    log,
    telemetry,
    proof.then(() => sleep(REDIS_AFTER_MS)),
  );
  const [made] = await Promise.all([makeServers(product, { ...stores, redis, env, log, telemetry, dropped }), proof]);

  const { app, server, metricsServer, stopOnSignals, lifecycle } = made;
  let jobs: Jobs | undefined;
  const close = async () => {
    await jobs?.stop();
    const { database, core } = stores;
    await Promise.allSettled([database.close(), core?.close(), redis.close(), telemetry.traces?.close()]);
  };
  stopOnSignals({ server, lifecycle, log, flushed, close, metricsServer });
  const { host, environment } = env;
  await orExit("PORT", env.port, listenWide(server, host, env.port));
  await orExit("METRICS_PORT", env.metricsPort, listenOnce(metricsServer, host, env.metricsPort));
  if (!lifecycle.isClosing) jobs = startJobs({ ...stores, log, jobs: made.jobs });
  log.info({ host, port: portOf(server), metrics_port: portOf(metricsServer), environment }, "listening");
  setTimeout(prepare, PREPARE_AFTER_MS).unref();

  function prepare(): void {
    const failed = (what: string) => (error: unknown) => log.error({ error: errorDetails(error) }, what);
    import("./process/tune-memory.ts")
      .then(async ({ holdYoungObjects, keepShapeOfQueuedCalls, tuneMemory }) => {
        await keepShapeOfQueuedCalls();
        holdYoungObjects();
        await app.prepare().catch(failed("a feature could not be made"));
        tuneMemory();
      })
      .catch(failed("memory could not be tuned"));
  }
}

type Opened = Omit<Deps, "lifecycle"> & Readonly<{ telemetry: Telemetry; dropped: () => number }>;

/**
 * All that is needed beside the databases. In parts, with a turn of the event loop between them: it takes as long as the
 * databases' answers, which come meanwhile.
 */
async function makeServers(product: Product, { dropped, ...opened }: Opened) {
  const { env, redis, log, telemetry } = opened;
  await sleep(HANDSHAKE_STEP_MS);
  const { createMetricsServer } = await import("./telemetry/metrics-server.ts");
  const metricsServer = createMetricsServer(telemetry.metrics);
  const { stopOnSignals } = await import("./process/stop-on-signals.ts");
  telemetry.metrics.watch(opened, dropped);
  await sleep(HANDSHAKE_STEP_MS);
  const { createApp } = await import("./app.ts");
  await setImmediate();
  const { openEventSignal } = await import("./features/front-desk-events/event-signal.ts");
  const deps = { ...opened, lifecycle: { isClosing: false }, events: openEventSignal(redis) };
  const app = createApp(product, deps);
  await setImmediate();
  const { createHttpServer } = await import("./process/http-server.ts");
  const server = createHttpServer({
    product: product.id,
    frontendUrl: env.frontendUrl,
    fetch: app.fetch,
    places: openPlaces({
      ...placesFor(env.database),
      onRefusals: (count) => log.warn({ count }, "refused: too much to do"),
    }),
    onRefused: (report) => {
      telemetry.metrics.onRequest(report);
      if (report.code !== "unavailable") log.info(report, "request"); // of those there is one line a burst, above
    },
  });
  process.getBuiltinModule?.("node:cluster"); // which Node loads when something listens first
  const { productJobs } = await import("./jobs/product-jobs.ts");
  return { ...deps, app, server, metricsServer, stopOnSignals, jobs: productJobs(deps, deps.events) };
}

function readEnvOrExit(product: Product, source: Variables) {
  try {
    return readEnv(product, source);
  } catch (error) {
    if (error instanceof EnvError) exit(error.message);
    throw error;
  }
}

async function orExit(variable: "PORT" | "METRICS_PORT", port: number, listening: Promise<void>): Promise<void> {
  try {
    await listening;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    exit(`${variable}: ${code === "EADDRINUSE" ? `${port} is taken by another process` : `cannot listen (${code})`}`);
  }
}

/** Not what was asked for, where that was 0. */
function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** What nobody awaited is logged and the process lives on; after what nobody caught its state is unknown. */
function survive(log: Logger): void {
  process.on("unhandledRejection", (error) => log.error({ error: errorDetails(error) }, "unhandled rejection"));
  process.on("uncaughtException", (error) => {
    log.fatal({ error: errorDetails(error) }, "uncaught exception");
    process.exit(1);
  });
}
