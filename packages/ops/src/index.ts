export { OpsError } from "./cli/ops-error.ts";
export {
  type PostgresOptions,
  type Server,
  startPostgres,
  startThrowawayPostgres,
} from "./embedded-postgres/start-postgres.ts";
