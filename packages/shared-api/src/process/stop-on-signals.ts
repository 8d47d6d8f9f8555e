import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { closeMetricsServer } from "../telemetry/metrics-server.ts";
import type { Lifecycle } from "./lifecycle.ts";

/** How long we still take connections after saying that we are not ready: a load balancer has to hear it. */
const GRACE_MS = 500;
/** Requests end within 3 s; with everything else we are gone in less than 10. */
const DRAIN_MS = 7_000;
const CLOSE_MS = 1_500;
/** How long the last lines may wait for whoever reads the log. */
const LOG_MS = 500;

type Options = Readonly<{
  server: Server;
  lifecycle: Lifecycle;
  log: Logger;
  /** Resolves once the log is read. */
  flushed: () => Promise<void>;
  /** Ends the connections to everything else; whatever of it takes too long is left. */
  close: () => Promise<unknown>;
  /** The metrics server, which tells to the last how we leave. */
  metricsServer: Server;
}>;

/** Leaves in order at the first SIGTERM or SIGINT, and at once at the second. */
export function stopOnSignals(options: Options): void {
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      options.log.info({ signal }, "stopping");
      stop(options).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

async function stop({ server, lifecycle, log, flushed, close, metricsServer }: Options): Promise<void> {
  lifecycle.isClosing = true;
  await sleep(GRACE_MS);

  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that was busy when the server closed is idle later, and would be kept.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const isDrained = await Promise.race([closed.then(() => true), sleep(DRAIN_MS, false)]);
  clearInterval(sweep);
  if (!isDrained) {
    log.warn("requests were still running after the time to finish");
    server.closeAllConnections();
  }
  await Promise.race([close(), sleep(CLOSE_MS)]);
  closeMetricsServer(metricsServer);
  log.info("stopped");
  await Promise.race([flushed(), sleep(LOG_MS)]);
}
