import { runCommand, seedCommand } from "@whitelabel/ops";

await runCommand(seedCommand());
