import { migrateStatusCommand, runCommand } from "@whitelabel/ops";

await runCommand(migrateStatusCommand());
