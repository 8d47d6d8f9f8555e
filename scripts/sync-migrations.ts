import { runCommand, syncMigrationsCommand } from "@whitelabel/ops";

await runCommand(syncMigrationsCommand());
