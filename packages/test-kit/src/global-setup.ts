import { appendFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startThrowawayPostgres } from "@whitelabel/ops";
import type { TestProject } from "vitest/node";
import { makeClerkKeys } from "./clerk-keys.ts";
import { asSuperuser } from "./copy-database.ts";
import { findDocker } from "./docker.ts";
import { makeStores } from "./make-stores.ts";

/** Before the first test file: one PostgreSQL with all that tests copy. It ends with this process, however that ends. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  provide("clerkKeys", makeClerkKeys());
  provide("docker", await findDocker());
  // testcontainers takes a machine that is a container itself to share the engine's network, which it need not.
  if (existsSync("/.dockerenv")) process.env.TESTCONTAINERS_HOST_OVERRIDE ??= "127.0.0.1";

  const bundles = mkdtempSync(join(tmpdir(), "whitelabel-bundles-"));
  provide("bundles", bundles);
  process.once("exit", () => rmSync(bundles, { recursive: true, force: true })); // after Ctrl-C too
  const postgresLog = join(bundles, "postgres.log");
  provide("postgresLog", postgresLog);
  const server = await startThrowawayPostgres({
    settings: {
      max_connections: "300",
      log_line_prefix: "%d %e ",
      shared_preload_libraries: "pg_stat_statements",
      "pg_stat_statements.max": "20000", // of all files' databases together
    },
    onLog: (line) => appendFileSync(postgresLog, `${line}\n`),
  });
  try {
    provide("stores", await makeStores(server));
    await asSuperuser(server.superuserUrl, (sql) => sql`create extension pg_stat_statements`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return () => server.stop();
}
