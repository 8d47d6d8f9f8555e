import { benchMigrationsCommand, runCommand } from "@whitelabel/ops";

await runCommand(benchMigrationsCommand());
