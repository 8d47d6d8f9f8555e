export { type OnAnswer, type Store, StoreError, type StoreReason, storeErrorIn } from "@whitelabel/resilience";
export {
  asJson,
  isSameDatabase,
  type JsonRow,
  type Pool,
  type Statements,
  type Transaction,
} from "@whitelabel/resilience/postgres";
export * from "./data-dictionary.ts";
export { type Database, type DatabaseHealth, type DatabaseOptions, openDatabase } from "./database.ts";
export { type Db, openDrizzle } from "./drizzle.ts";
export * from "./grants.ts";
export { openUnchecked, proveIdentity } from "./identity.ts";
export * from "./models/index.ts";
export * from "./personal-columns.ts";
export { proveRuntimeRole } from "./prove-runtime-role.ts";
export * from "./required-migration.ts";
