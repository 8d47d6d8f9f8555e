import { migrateCommand, runCommand } from "@whitelabel/ops";

await runCommand(migrateCommand());
