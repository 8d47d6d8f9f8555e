import { devTokenCommand, runCommand } from "@whitelabel/ops";

await runCommand(devTokenCommand());
