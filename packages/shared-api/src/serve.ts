import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { EnvError, type Product, readEnv } from "@whitelabel/shared-config";
import type { Logger } from "pino";
import { createApp } from "./app.ts";
import { openEventSignal } from "./features/front-desk-events/event-signal.ts";
import { errorDetails } from "./http/error-details.ts";
import { productJobs } from "./jobs/product-jobs.ts";
import { type Jobs, startJobs } from "./jobs/run-jobs.ts";
import { openPlaces, placesFor } from "./limits/places.ts";
import { consoleToLog } from "./process/console-to-log.ts";
import { exit } from "./process/exit.ts";
import { createHttpServer } from "./process/http-server.ts";
import { listenWide } from "./process/listen-wide.ts";
import { openLog } from "./process/open-log.ts";
import { openStores } from "./process/open-stores.ts";
import { startProof } from "./process/start-proof.ts";
import { stopOnSignals } from "./process/stop-on-signals.ts";
import { createMetricsServer } from "./telemetry/metrics-server.ts";
import { openTelemetry } from "./telemetry/telemetry.ts";

/** The first who ask are answered before what nobody asked for is made. */
const PREPARE_AFTER_MS = 200;

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
  const { log, dropped, flushed } = openLog(product, env);
  consoleToLog(log);
  survive(log);

  const telemetry = await openTelemetry(product, env, log);
  const stores = openStores(product, env, log, telemetry);
  telemetry.metrics.watch(stores, dropped);
  await startProof({ product, env, stores, log });

  const lifecycle = { isClosing: false };
  const deps = { ...stores, env, log, lifecycle, telemetry, events: openEventSignal(stores.redis) };
  const app = createApp(product, deps);
  const server = createHttpServer({
    product: product.id,
    frontendUrl: env.frontendUrl,
    fetch: app.fetch,
    places: openPlaces({
      most: placesFor(env.database),
      onRefusals: (count) => log.warn({ count }, "refused: too much to do"),
    }),
    onRefused: (report) => {
      telemetry.metrics.onRequest(report);
      if (report.code !== "unavailable") log.info(report, "request"); // of those there is one line a burst, above
    },
  });
  const metricsServer = createMetricsServer(telemetry.metrics);
  let jobs: Jobs | undefined;
  const close = async () => {
    await jobs?.stop();
    await Promise.allSettled([stores.close(), telemetry.traces?.close()]);
  };
  stopOnSignals({ server, lifecycle, log, flushed, close, metricsServer });
  await listen(metricsServer, env.host, env.metricsPort, "METRICS_PORT");
  await listen(server, env.host, env.port, "PORT");
  if (!lifecycle.isClosing) jobs = startJobs({ ...stores, log, jobs: productJobs(deps, deps.events) });
  const { host, environment } = env;
  log.info({ host, port: portOf(server), metrics_port: portOf(metricsServer), environment }, "listening");
  setTimeout(prepare, PREPARE_AFTER_MS).unref();

  function prepare(): void {
    app.prepare().catch((error) => log.error({ error: errorDetails(error) }, "a feature could not be made"));
  }
}

function readEnvOrExit(product: Product, source: Variables) {
  try {
    return readEnv(product, source);
  } catch (error) {
    if (error instanceof EnvError) exit(error.message);
    throw error;
  }
}

async function listen(server: Server, host: string, port: number, variable: "PORT" | "METRICS_PORT"): Promise<void> {
  try {
    await listenWide(server, host, port);
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
