import { portStatusCommand, runCommand } from "@whitelabel/ops";

await runCommand(portStatusCommand());
