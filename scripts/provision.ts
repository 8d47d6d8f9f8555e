import { provisionCommand, runCommand } from "@whitelabel/ops";

await runCommand(provisionCommand());
