import { coreGrantsCommand, runCommand } from "@whitelabel/ops";

await runCommand(coreGrantsCommand());
