export { dbAdoptCommand } from "./adopt/command.ts";
export { benchCommand } from "./bench/command.ts";
export { benchOverloadCommand } from "./bench-overload/command.ts";
export { benchStreamsCommand } from "./bench-streams/command.ts";
export { OpsError } from "./cli/ops-error.ts";
export { runCommand } from "./cli/run-command.ts";
export { coreCheckCommand, coreGrantsCommand } from "./core/commands.ts";
export { createDemoCore } from "./demo-core/create-demo-core.ts";
export { devCommand } from "./dev/dev-command.ts";
export { devTokenCommand } from "./dev-token/command.ts";
export { type DevTokenOptions, signDevToken } from "./dev-token/sign-dev-token.ts";
export { dbDriftCommand } from "./drift/command.ts";
export { scratchServer } from "./drift/expected-schema.ts";
export {
  type PostgresOptions,
  type Server,
  startPostgres,
  startThrowawayPostgres,
} from "./embedded-postgres/start-postgres.ts";
export { benchMigrationsCommand } from "./migrate/bench-command.ts";
export { migrateCommand } from "./migrate/command.ts";
export { migrateDownCommand } from "./migrate/down-command.ts";
export { type MigrateOptions, type MigrationReport, migrate } from "./migrate/migrate.ts";
export { newMigrationCommand } from "./migrate/new-migration-command.ts";
export { type Migration, readFolder } from "./migrate/read-folder.ts";
export { migrateStatusCommand } from "./migrate/status-command.ts";
export { migrationCheckCommand } from "./migration-check/command.ts";
export { dataDictionaryPage } from "./migration-check/data-dictionary-page.ts";
export { piiScanCommand } from "./pii-scan/command.ts";
export { portStatusCommand } from "./port-status/command.ts";
export { provisionCommand } from "./provision/command.ts";
export { CORE_OWNER, grantCoreReaders, provisionCore } from "./provision/provision-core.ts";
export { provisionProduct } from "./provision/provision-product.ts";
export { accessStatements } from "./provision/steps.ts";
export { seedCommand } from "./seed/command.ts";
export { type DevUser, devUsers } from "./seed/dev-users.ts";
export { type SeedOptions, type SeedReport, seed } from "./seed/seed.ts";
export { syncMigrationsCommand } from "./sync-migrations/command.ts";
