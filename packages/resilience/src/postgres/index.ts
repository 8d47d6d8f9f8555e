export { isSameDatabase } from "./advisory-lock.ts";
export { FIRST_OF_USERS } from "./catalogs.ts";
export type { ConnectionCheck, ConnectionCounts, Row } from "./driver.ts";
export { drizzleClient } from "./drizzle-client.ts";
export { asJson, type JsonRow } from "./json-rows.ts";
export { DEADLINE_MS, openPool, type Pool, type PoolOptions, type Statements, type Transaction } from "./pool.ts";
