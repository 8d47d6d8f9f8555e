import { dbDriftCommand, runCommand } from "@whitelabel/ops";

await runCommand(dbDriftCommand());
