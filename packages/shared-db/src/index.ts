export { type OnAnswer, type Store, StoreError, type StoreReason, storeErrorIn } from "@whitelabel/resilience";
export * from "./data-dictionary.ts";
export { type Database, type DatabaseHealth, type DatabaseOptions, type Db, openDatabase } from "./database.ts";
export * from "./grants.ts";
export { isSameDatabase } from "./is-same-database.ts";
export * from "./models/index.ts";
export * from "./personal-columns.ts";
export { proveRuntimeRole } from "./prove-runtime-role.ts";
export * from "./required-migration.ts";
