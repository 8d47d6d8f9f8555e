export { OpsError } from "./cli/ops-error.ts";
export { runCommand } from "./cli/run-command.ts";
export { createDemoCore } from "./demo-core/create-demo-core.ts";
export { devCommand } from "./dev/dev-command.ts";
export {
  type PostgresOptions,
  type Server,
  startPostgres,
  startThrowawayPostgres,
} from "./embedded-postgres/start-postgres.ts";
export { migrateCommand } from "./migrate/command.ts";
export { newMigrationCommand } from "./migrate/new-migration-command.ts";
export { type MigrateOptions, type MigrationReport, migrate } from "./migrate/migrate.ts";
export { type Migration, readFolder } from "./migrate/read-folder.ts";
export { CORE_OWNER, grantCoreReaders, provisionCore } from "./provision/provision-core.ts";
export { provisionProduct } from "./provision/provision-product.ts";
export { accessStatements } from "./provision/steps.ts";
export { seedCommand } from "./seed/command.ts";
export { type DevUser, devUsers } from "./seed/dev-users.ts";
export { type SeedOptions, type SeedReport, seed } from "./seed/seed.ts";
