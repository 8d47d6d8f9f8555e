import { drizzleClient } from "@whitelabel/resilience/postgres";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { Database } from "./database.ts";
import * as schema from "./models/index.ts";

/** Drizzle over the product's tables; a transaction has the same type, so that a query runs in either. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

/**
 * Drizzle over an open database. The API's own statements are written by hand, so it is opened where they are not: a start
 * need not make the tables.
 */
export function openDrizzle({ pool }: Pick<Database, "pool">): Db {
  return drizzle(drizzleClient(pool) as never, { schema }) as unknown as Db;
}
