import { products } from "@whitelabel/shared-config";
import { Command } from "commander";
import { type DevOptions, runDev } from "./run-dev.ts";

/** `pnpm dev` */
export const devCommand = (): Command =>
  new Command("dev")
    .description(
      "Starts every product's API with a real PostgreSQL, a demo core with synthetic guests, migrations and seeds.\n" +
        "Ctrl-C stops everything; the data stays in .data/.",
    )
    .option("--product <id>", `only this one: ${products.map(({ id }) => id).join(" or ")}`)
    .option("--reset", "delete the development databases and keys first (asks)")
    .option("--yes", "with --reset: do not ask")
    .addHelpText("after", help)
    .action((options: DevOptions) => runDev(options));

const help = `
Variables, also from a file .env in the workspace:
  <PRODUCT>_<NAME>            NAME for that product's API alone, for example BESTAYS_DATABASE_URL (a database of your
                              own, with BESTAYS_MIGRATION_DATABASE_URL), BESTAYS_CORE_DATABASE_URL_RO,
                              BESTAYS_REDIS_URL, BESTAYS_CLERK_PUBLISHABLE_KEY, BESTAYS_PORT; secrets also as
                              BESTAYS_DATABASE_URL_FILE. The runtime role's URL alone will do for a database that is
                              up to date; it is not seeded then
  DEV_POSTGRES_SUPERUSER_URL  a server of your own to provision instead of the embedded one
  WHITELABEL_DATA             where the data lies instead of .data
  LOG_LEVEL, DEBUG            how much the APIs log; stacks of errors`;
