import { type ChildProcess, execFile, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { clerkHost, type Product, publishableKeyOf } from "@whitelabel/shared-config";
import { appFolder, migrationsFolder, workspaceRoot } from "../dev/workspace.ts";
import { startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { migrate } from "../migrate/migrate.ts";
import { provisionProduct } from "../provision/provision-product.ts";
import { seed } from "../seed/seed.ts";

/** A product's API as production runs it, bundled and as a process on a core of its own, over a seeded database. */
export async function startApiServer(product: Product, more: Record<string, string> = {}) {
  const [bundle, server] = await Promise.all([bundleOf(product), startThrowawayPostgres({})]);
  const databaseUrl = await makeDatabase(server.superuserUrl, product);
  const port = await freePort();
  // The rest of the machine is for the database and for whoever sends the load.
  const command = process.platform === "linux" ? ["taskset", "-c", "0", process.execPath] : [process.execPath];
  const [file = "", ...args] = [...command, path.join(bundle, "main.js")];
  const child = spawn(file, args, {
    env: { PATH: process.env.PATH, ...environmentOf(product, databaseUrl), ...more, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
    cwd: bundle,
  });
  const stop = async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child as ChildProcess, "close");
    await server.stop();
    rmSync(bundle, { recursive: true, force: true });
  };
  try {
    await answering(`http://127.0.0.1:${port}/api/health/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, pid: child.pid as number, stop };
}

async function bundleOf(product: Product): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "whitelabel-bench-"));
  const script = path.join(workspaceRoot, "scripts/build.ts");
  await promisify(execFile)(process.execPath, [script, folder], { cwd: appFolder(product) });
  return folder;
}

async function makeDatabase(superuserUrl: string, product: Product): Promise<string> {
  const password = () => randomBytes(18).toString("base64url");
  const databaseName = `${product.databaseName}_test_bench`;
  const passwords = { runtime: password(), migrator: password() };
  const urls = await provisionProduct({ superuserUrl, product, environment: "test", databaseName, passwords });
  await migrate({ product, migrationUrl: urls.migrationDatabaseUrl, folder: migrationsFolder(product) });
  await seed({ product, migrationUrl: urls.migrationDatabaseUrl, environment: "test" });
  return urls.databaseUrl;
}

function environmentOf(product: Product, databaseUrl: string): Record<string, string> {
  const instance = product.clerkInstances.development ?? `${product.id}-test-1`;
  const { publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return {
    ENVIRONMENT: "test",
    HOST: "127.0.0.1",
    METRICS_PORT: "0",
    DATABASE_URL: databaseUrl,
    CLERK_PUBLISHABLE_KEY: publishableKeyOf(instance),
    CLERK_JWT_KEY: publicKey,
    FRONTEND_URL: `https://${clerkHost(instance)}`,
    APP_SECRET: `bench:${randomBytes(24).toString("hex")}`,
    RATE_LIMIT_PER_MINUTE: "1000000",
    LOG_LEVEL: "info",
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answering(url: string): Promise<void> {
  for (const end = performance.now() + 20_000; ; ) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    if (performance.now() > end) throw new Error(`${url} does not answer`);
    await sleep(50);
  }
}
