import { newMigrationCommand, runCommand } from "@whitelabel/ops";

await runCommand(newMigrationCommand());
