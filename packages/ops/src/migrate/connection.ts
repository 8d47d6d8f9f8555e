import postgres, { type Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { readDevState } from "../dev/state.ts";

/** One session of the migrator's role, directly to the server: locks and settings belong to a session. */
export async function connect(url: string, product: string): Promise<Sql> {
  const sql = postgres(url.replace(/^postgres(ql)?(\+\w+)?:/, "postgres:"), {
    max: 1,
    connect_timeout: 10,
    idle_timeout: 0,
    // The driver would otherwise replace an old session, and lose the lock with it.
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => {},
    connection: {
      application_name: `${product}-migrate`,
      search_path: "public",
      TimeZone: "UTC",
      // A migrator that was killed leaves a session that works on and keeps the lock; so the server looks after it.
      client_connection_check_interval: "1s",
      // What a run reported as applied outlives a crash, whatever the server or the role has set for speed.
      synchronous_commit: "on",
    } as Record<string, string>,
  });
  try {
    await sql`select 1`;
    return sql;
  } catch (cause) {
    await sql.end({ timeout: 1 });
    // The driver's own message may hold a host; its code says enough.
    const code = (cause as { code?: string }).code ?? "unknown";
    throw new OpsError(
      `The database of ${product} cannot be opened (${code}).`,
      isOfDev(url, product)
        ? "Start it: `pnpm dev`."
        : "Check that the server runs and that the migration URL names the migrator's role.",
      { cause },
    );
  }
}

const isOfDev = (url: string, product: string) => readDevState()?.products[product]?.migration_database_url === url;
