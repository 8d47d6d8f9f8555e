export { OpsError } from "./cli/ops-error.ts";
export {
  type PostgresOptions,
  type Server,
  startPostgres,
  startThrowawayPostgres,
} from "./embedded-postgres/start-postgres.ts";
export { type MigrateOptions, type MigrationReport, migrate } from "./migrate/migrate.ts";
export { type Migration, readFolder } from "./migrate/read-folder.ts";
export { CORE_OWNER, grantCoreReaders, provisionCore } from "./provision/provision-core.ts";
export { provisionProduct } from "./provision/provision-product.ts";
export { accessStatements } from "./provision/steps.ts";
