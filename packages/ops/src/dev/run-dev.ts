import { styleText } from "node:util";
import { products as allProducts, type Product } from "@whitelabel/shared-config";
import { chooseProduct } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { makeFolder } from "../embedded-postgres/place.ts";
import type { Server } from "../embedded-postgres/start-postgres.ts";
import { identify, type ProcessIdentity } from "../process/identity.ts";
import { type Cleanup, createCleanup, untilStopped } from "./cleanup.ts";
import { environmentOf, refuseDeployed } from "./environment.ts";
import { takeDevLock } from "./lock.ts";
import { createLogPrinter } from "./log-printer.ts";
import { findOwnDatabase, type OwnDatabase } from "./own-database.ts";
import { expectFreePorts, type NeededPort } from "./ports.ts";
import { checkEnv, hasOwnClerk, type ProductUrls, prefixed, productEnv, refuseSharedClerk } from "./product-env.ts";
import { createProgress } from "./progress.ts";
import { resetData } from "./reset.ts";
import { keysOf } from "./secrets.ts";
import { prepareDatabase, startApis } from "./start-products.ts";
import { type DevProduct, readDevState, writeDevState } from "./state.ts";
import { prepareStores, type Stores } from "./stores.ts";
import { summaryTable } from "./summary.ts";
import { dataFolder, loadEnvFile } from "./workspace.ts";

export type DevOptions = { product?: string | undefined; reset?: boolean | undefined; yes?: boolean | undefined };

/** Starts everything a developer needs and stays until it is told to stop; then stops it in order. */
export async function runDev(options: DevOptions): Promise<void> {
  const stopped = untilStopped();
  const cleanup = createCleanup();
  // A closed terminal must not keep us from stopping what we started.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

  const running = start(options, cleanup);
  const failed = running.then(({ failed }) => failed);
  try {
    const signal = await Promise.race([stopped, failed]);
    process.stderr.write(`\n${styleText("dim", `${signal}: stopping everything …`, { stream: process.stderr })}\n`);
  } finally {
    await cleanup.run();
    // Told to stop in the middle of the start: what was being done fails now, and undoes itself.
    await running.catch(() => {});
  }
}

async function start(options: DevOptions, cleanup: Cleanup): Promise<{ failed: Promise<never> }> {
  loadEnvFile();
  const products = options.product === undefined ? allProducts : [chooseProduct(options.product)];
  for (const product of products) refuseDeployed(environmentOf(product), { what: "`pnpm dev` is", next: inDeployment });
  makeFolder(dataFolder());
  const lock = await takeDevLock();
  cleanup.add(lock.release);
  if (options.reset) await resetData(options);
  refuseSharedClerk(allProducts);
  await expectFreePorts(products.flatMap(portsOf), lock.wasLeft ? 10_000 : 0);
  const own = new Map<Product, OwnDatabase | undefined>();
  for (const product of products) own.set(product, await findOwnDatabase(product));

  const progress = createProgress();
  const stores = await prepareStores(products, own, progress, cleanup);
  const print = createLogPrinter(products, progress.say);
  const plans = products.map((product) => ({ ...planOf(product, stores.urls.get(product)), onLine: print(product) }));
  await Promise.all(
    plans.map(async ({ product, made }) => {
      if (own.get(product)?.mayMigrate !== false) {
        return prepareDatabase(product, made.migration_database_url, progress);
      }
      const variable = prefixed(product, "MIGRATION_DATABASE_URL");
      progress.say(`- ${product.name}: schema up to date; seeds are left out, for ${variable} is not set`);
    }),
  );

  const made = new Map(plans.map((plan) => [plan.product, plan.made]));
  await startApis(plans, progress, cleanup, (children) => remember({ made, children, stores }));
  cleanup.add(forgetProcesses);

  process.stdout.write(`${summaryTable(made)}\n`);
  process.stdout.write(`Passwords: ${dataFolder()}/dev.json. Ctrl-C stops everything and keeps the data.\n`);
  return { failed: stores.server ? untilEnded(stores.server) : new Promise<never>(() => {}) };
}

const inDeployment = "It makes keys and users for development. Take ENVIRONMENT out, or name development.";

function planOf(product: Product, urls: ProductUrls = placeholders) {
  const env = productEnv(product, urls, keysOf(product));
  const { port, metricsPort, issuer, frontendUrl } = checkEnv(product, env);
  const made: DevProduct = {
    api_url: `http://localhost:${port}`,
    database_url: urls.database,
    migration_database_url: urls.migration,
    core_database_url_ro: urls.core,
    issuer,
    frontend_url: frontendUrl,
    has_development_key: !hasOwnClerk(product),
  };
  return { product, env, port, metricsPort, made };
}

// To read the ports, and to find what is wrong in the developer's own variables, before there is any database.
const placeholders: ProductUrls = {
  database: "postgresql://nobody@localhost/app",
  migration: "postgresql://nobody@localhost/app",
  core: "postgresql://nobody@localhost/core",
};

function portsOf(product: Product): NeededPort[] {
  const { port, metricsPort } = planOf(product);
  const prefix = product.id.toUpperCase();
  return [
    { port, purpose: `the API of ${product.name}`, variable: `${prefix}_PORT` },
    { port: metricsPort, purpose: `the metrics of ${product.name}`, variable: `${prefix}_METRICS_PORT` },
  ];
}

type Made = { made: ReadonlyMap<Product, DevProduct>; children: ProcessIdentity[]; stores: Stores };

function remember({ made, children, stores }: Made): void {
  writeDevState({
    started_at: new Date().toISOString(),
    launcher: identify(process.pid),
    children,
    superuser_url: stores.superuserUrl,
    core_owner_url: stores.coreOwnerUrl,
    // What an earlier run made for a product that this one leaves out is still there.
    products: { ...readDevState()?.products, ...Object.fromEntries([...made].map(([{ id }, dev]) => [id, dev])) },
  });
}

function forgetProcesses(): void {
  const state = readDevState();
  if (state) writeDevState({ ...state, launcher: undefined, children: undefined });
}

async function untilEnded(server: Server): Promise<never> {
  await server.exited;
  throw new OpsError("PostgreSQL has ended.", "Start `pnpm dev` again: it recovers the data.");
}
