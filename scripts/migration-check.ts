import { migrationCheckCommand, runCommand } from "@whitelabel/ops";

await runCommand(migrationCheckCommand());
