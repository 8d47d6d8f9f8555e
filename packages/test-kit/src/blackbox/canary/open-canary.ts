import { openCore } from "@whitelabel/core-readonly";
import { type Product, readEnv } from "@whitelabel/shared-config";
import { asSuperuser } from "../../copy-database.ts";
import { dumpDatabase } from "../../dump-database.ts";
import { fakeClerk } from "../../fake-clerk.ts";
import { startFaultProxy } from "../../fault-proxy.ts";
import { freePort } from "../../free-port.ts";
import { headersOf, type Input, pathOf } from "../../openapi/build-request.ts";
import type { Answer } from "../../openapi/check-answers.ts";
import { type OpenApiDocument, operationsOf } from "../../openapi/document.ts";
import { webhookSecret } from "../../openapi/signed-event.ts";
import { answerOf } from "../../openapi/use-api.ts";
import { openWorld } from "../../openapi/world.ts";
import type { Stores } from "../../stores.ts";
import { testEnv } from "../../test-env.ts";
import { testUsers } from "../../test-users.ts";
import { createCore } from "../../use-core.ts";
import { createDatabase } from "../../use-database.ts";
import { startServer } from "../../use-server.ts";
import { startCollector } from "./collector.ts";
import { plantGuests } from "./guests.ts";
import type { serverLog } from "./server-log.ts";

export type Canary = Awaited<ReturnType<typeof openCanary>>;

/** Who asks: nobody, somebody of the world by their role, or whoever has this token. */
export type Caller = "nobody" | "guest" | "user" | "agent" | "admin" | Readonly<{ token: string }>;

type Options = Readonly<{ product: Product; stores: Stores; log: ReturnType<typeof serverLog>; redisUrl?: string }>;

/**
 * A product's API as a process of its own, as talkative as it can be, over a core whose guests are all canaries; with
 * everything that it could leave something in.
 */
export async function openCanary({ product, stores, log, redisUrl }: Options) {
  const database = await createDatabase(product, { seeded: true }, stores);
  const core = await createCore(product, stores);
  await plantGuests(core.ownerUrl);
  // The reader's statements only: what the test itself asks of core is not the API's.
  await asSuperuser(stores.superuserUrl, (sql) =>
    sql.unsafe(`alter role ${product.coreReaderRole} set log_statement = 'all'`),
  );

  const [toDatabase, toCore, collector] = await Promise.all([
    startFaultProxy(database.url),
    startFaultProxy(core.url),
    startCollector(),
  ]);
  const metricsPort = await freePort();
  const env = testEnv(
    product,
    { url: toDatabase.url, coreUrl: toCore.url },
    {
      DATABASE_ECHO: "true",
      LOG_LEVEL: "debug",
      METRICS_PORT: String(metricsPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      CLERK_WEBHOOK_SECRET: webhookSecret,
      REDIS_URL: redisUrl,
    },
  );
  const withoutUndefined = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  const api = await startServer(product, withoutUndefined);
  await api.readiness(200);

  const reader = openCore({ url: core.url, propertyIds: product.development.corePropertyIds, max: 2 });
  const kit = {
    database,
    core,
    deps: { env: readEnv(product, withoutUndefined), core: reader },
    userOf: testUsers(product, () => database.db).userOf,
    clerk: fakeClerk(product),
  };
  const document = (await (await api.request("/api/openapi.json")).json()) as OpenApiDocument;
  // The documentation is the same file for everybody, and long.
  const operations = operationsOf(document).filter(({ path }) => !/\/(docs|openapi)/.test(path));
  let tokens: Readonly<Record<string, string>> = {};

  async function send(id: string, input: Input, as: Caller = "nobody"): Promise<Answer> {
    const operation = operations.find((one) => one.id === id);
    if (!operation) throw new Error(`There is no operation ${id}`);
    const headers = headersOf(input);
    const token = typeof as === "object" ? as.token : tokens[as];
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    const body = input.body ?? (input.json === undefined ? undefined : JSON.stringify(input.json));
    if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
    const { method } = operation;
    return await answerOf(
      await api.request(pathOf(operation, input), { method, headers, ...(body !== undefined && { body }) }),
    );
  }

  const world = await openWorld(product, kit as unknown as Parameters<typeof openWorld>[1], send);
  tokens = world.tokens;
  // Only of a task about a booking can a text name the guest.
  Object.assign(world, {
    task: async (property_id = world.branch) => {
      const { booking_id } = property_id === world.branch ? world.stay : world.otherStay;
      const { json, status, text } = await send(
        "createTask",
        { json: { property_id, booking_id, title: "Towels" } },
        "admin",
      );
      if (status !== 201) throw new Error(`No task was made: ${status} ${text}`);
      return json;
    },
  });

  return {
    product,
    api,
    operations,
    schemas: document.components.schemas ?? {},
    world,
    core,
    reader,
    send,
    toDatabase,
    toCore,
    readerStatements: () => log.statements(product.coreReaderRole, nameIn(core.url)),
    /** All that is left behind anywhere, by the name of the place. */
    async leftBehind(): Promise<Record<string, string>> {
      const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
      return {
        database: await dumpDatabase(database.migrationUrl),
        "server log of the database": log.of(database.name).join("\n"),
        output: api.output(),
        metrics: await metrics.text(),
        traces: collector.text(),
      };
    },
    async close() {
      await api.kill();
      await Promise.all([toDatabase.close(), toCore.close(), reader.close()]);
      collector.close();
      await database.drop();
    },
  };
}

const nameIn = (url: string) => new URL(url).pathname.slice(1);
