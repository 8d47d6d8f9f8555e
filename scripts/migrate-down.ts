import { migrateDownCommand, runCommand } from "@whitelabel/ops";

await runCommand(migrateDownCommand());
