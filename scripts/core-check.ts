import { coreCheckCommand, runCommand } from "@whitelabel/ops";

await runCommand(coreCheckCommand());
