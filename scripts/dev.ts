import { devCommand, runCommand } from "@whitelabel/ops";

await runCommand(devCommand());
