import type { Server } from "node:http";
import { EnvError, type Product, readEnv } from "@whitelabel/shared-config";
import type { Logger } from "pino";
import { createApp } from "./app.ts";
import { errorDetails } from "./http/error-details.ts";
import { openPlaces, placesFor } from "./limits/places.ts";
import { exit } from "./process/exit.ts";
import { createHttpServer } from "./process/http-server.ts";
import { openLog } from "./process/open-log.ts";
import { openStores } from "./process/open-stores.ts";
import { startProof } from "./process/start-proof.ts";
import { stopOnSignals } from "./process/stop-on-signals.ts";

/**
 * The whole process of a product's API, from its environment to its end. Returns once it serves; ends the process
 * with one message on stderr if it must not.
 */
export async function serve(product: Product, source: Readonly<Record<string, string | undefined>>): Promise<void> {
  const env = readEnvOrExit(product, source);
  const log = openLog(product, env);
  survive(log);

  const stores = openStores(product, env, log);
  await startProof({ product, env, stores, log });

  const lifecycle = { isClosing: false };
  const app = createApp(product, { ...stores, env, log, lifecycle });
  const server = createHttpServer({
    product: product.id,
    frontendUrl: env.frontendUrl,
    fetch: app.fetch,
    places: openPlaces({
      most: placesFor(env.database),
      onRefusals: (count) => log.warn({ count }, "refused: too much to do"),
    }),
  });
  stopOnSignals({ server, lifecycle, log, closeStores: stores.close });
  await listen(server, env.host, env.port);
  log.info({ host: env.host, port: env.port, environment: env.environment }, "listening");
}

function readEnvOrExit(product: Product, source: Readonly<Record<string, string | undefined>>) {
  try {
    return readEnv(product, source);
  } catch (error) {
    if (error instanceof EnvError) exit(error.message);
    throw error;
  }
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    exit(code === "EADDRINUSE" ? `PORT: ${port} is taken by another process` : `PORT: cannot listen (${code})`);
  }
}

/** What nobody awaited is logged and the process lives on; after what nobody caught its state is unknown. */
function survive(log: Logger): void {
  process.on("unhandledRejection", (error) => log.error({ error: errorDetails(error) }, "unhandled rejection"));
  process.on("uncaughtException", (error) => {
    log.fatal({ error: errorDetails(error) }, "uncaught exception");
    process.exit(1);
  });
}
