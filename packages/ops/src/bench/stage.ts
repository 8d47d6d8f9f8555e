import { execFile } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { clerkHost, type Product, publishableKeyOf } from "@whitelabel/shared-config";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { createDemoCore } from "../demo-core/create-demo-core.ts";
import { appFolder, migrationsFolder, workspaceRoot } from "../dev/workspace.ts";
import { signDevToken } from "../dev-token/sign-dev-token.ts";
import { startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { migrate } from "../migrate/migrate.ts";
import { grantCoreReaders, provisionCore } from "../provision/provision-core.ts";
import { provisionProduct } from "../provision/provision-product.ts";
import { devUsers } from "../seed/dev-users.ts";
import { seed } from "../seed/seed.ts";
import { spawnServer } from "./spawn-server.ts";

export type Stage = Awaited<ReturnType<typeof setStage>>;

const INSTANCE = "clerk.bench.example.com";
const TASKS = 400;

/** Everything around a product's API as it runs in production: its bundle, its seeded database, core, keys and a token. */
export async function setStage(product: Product) {
  const [bundle, server] = await Promise.all([bundleOf(product), startThrowawayPostgres()]);
  const stop = async () => {
    await server.stop();
    rmSync(bundle, { recursive: true, force: true });
  };
  try {
    const databaseUrl = await makeDatabase(server.superuserUrl, product);
    const coreUrl = await makeCore(server.superuserUrl, product);
    const { environment, token } = await environmentOf(product, databaseUrl, coreUrl);
    const branch = product.development.corePropertyIds[0] ?? "";
    const samples = await makeSamples(server.superuserUrl, product, branch);
    return { product, bundle, databaseUrl, coreUrl, environment, token, branch, ...samples, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The product's API, bundled, in a process of its own. `more` goes over its environment; into the folder `profile` V8
 * writes where the time went, once the process is stopped.
 */
export function startApi(
  { bundle, environment }: Stage,
  more: Readonly<Record<string, string>> = {},
  profile?: string,
) {
  const flags = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${path.resolve(profile)}`];
  return spawnServer([...flags, path.join(bundle, "main.js")], {
    env: { ...environment, ...more },
    cwd: bundle,
    path: "/api/health",
    signal: profile === undefined ? "SIGKILL" : "SIGTERM",
  });
}

async function bundleOf(product: Product): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "whitelabel-bench-"));
  const script = path.join(workspaceRoot, "scripts/build.ts");
  await promisify(execFile)(process.execPath, [script, folder], { cwd: appFolder(product) });
  return folder;
}

const databaseNameOf = (product: Product) => `${product.databaseName}_test_bench`;
const CORE_NAME = "core_db_test_bench";
const newPassword = () => randomBytes(18).toString("base64url");

async function makeDatabase(superuserUrl: string, product: Product): Promise<string> {
  const databaseName = databaseNameOf(product);
  const passwords = { runtime: newPassword(), migrator: newPassword() };
  const urls = await provisionProduct({ superuserUrl, product, environment: "test", databaseName, passwords });
  await migrate({ product, migrationUrl: urls.migrationDatabaseUrl, folder: migrationsFolder(product) });
  await seed({ product, migrationUrl: urls.migrationDatabaseUrl, environment: "test" });
  return urls.databaseUrl;
}

async function makeCore(superuserUrl: string, { coreReaderRole: role }: Product): Promise<string> {
  const core = { superuserUrl, databaseName: CORE_NAME };
  const readers = [{ role, password: newPassword() }];
  const { ownerUrl, readerUrls } = await provisionCore({ ...core, ownerPassword: newPassword(), readers });
  await createDemoCore({ ownerUrl });
  await grantCoreReaders({ ...core, roles: [role] });
  return readerUrls[role] ?? "";
}

/** As in production, with every limit and every line of the log. */
async function environmentOf(product: Product, databaseUrl: string, coreUrl: string) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const frontendUrl = "https://bench.example.com";
  const issuer = `https://${clerkHost(INSTANCE)}`;
  const [user] = devUsers(product);
  const token = await signDevToken({
    ...{ product, user: user as never, privateKey, issuer, frontendUrl },
    ttlSeconds: 6 * 3_600,
  });
  const environment: Record<string, string> = {
    ENVIRONMENT: "production",
    HOST: "127.0.0.1",
    METRICS_PORT: "0",
    DATABASE_URL: databaseUrl,
    CORE_DATABASE_URL_RO: coreUrl,
    CORE_PROPERTY_IDS: product.development.corePropertyIds.join(","),
    // Nobody is there, so that limits are counted by the process alone: a Redis would need a core of its own.
    REDIS_URL: "redis://127.0.0.1:9",
    CLERK_PUBLISHABLE_KEY: publishableKeyOf(INSTANCE),
    CLERK_JWT_KEY: publicKey,
    FRONTEND_URL: frontendUrl,
    APP_SECRET: `bench:${randomBytes(24).toString("hex")}`,
    RATE_LIMIT_PER_MINUTE: "1000000",
  };
  return { environment, token };
}

/** Adds tasks of bookings to the seeds, and says what can be asked for. */
async function makeSamples(superuserUrl: string, product: Product, branch: string) {
  const ofCore = postgres(at(superuserUrl, CORE_NAME), { max: 1, fetch_types: false });
  const own = postgres(at(superuserUrl, databaseNameOf(product)), { max: 1, fetch_types: false });
  try {
    const bookings = await ofCore`
      select booking_id, property_id, room_id, row_room_id from bookings
      where property_id = ${branch} and room_id is not null order by booking_id limit ${TASKS}`;
    const tasks = bookings.map((booking, index) => ({
      ...booking,
      id: uuidv7(),
      title: "Extra towels",
      details: "Two bath towels, after 16:00.",
      priority: ["urgent", "high", "normal", "low"][index % 4],
      due_at: new Date(Date.now() + index * 60_000).toISOString(),
    }));
    await own`
      insert into reception_tasks (id, property_id, booking_id, room_id, row_room_id, title, details, priority, due_at)
      select * from jsonb_to_recordset(${own.json(tasks as never)}) as task (id uuid, property_id text,
        booking_id text, room_id text, row_room_id text, title text, details text, priority text, due_at timestamptz)`;
    await own`analyze`;
    const listings = await own`
      select id, created_at::text from properties
      where is_published and deleted_at is null and transaction_type = ${product.transactionTypes[0] ?? ""}
      order by created_at desc, id desc`;
    const [user] = await own`select id from users where clerk_user_id = ${devUsers(product)[0]?.clerk_user_id ?? ""}`;
    const [day] = await ofCore`select today::text as today from demo_core`;
    return {
      listings: listings.map(({ id, created_at }) => ({ id: String(id), created_at: String(created_at) })),
      userId: Number(user?.id),
      today: String(day?.today),
    };
  } finally {
    await Promise.all([ofCore.end(), own.end()]);
  }
}

function at(superuserUrl: string, database: string): string {
  const url = new URL(superuserUrl);
  url.pathname = database;
  return url.href;
}
