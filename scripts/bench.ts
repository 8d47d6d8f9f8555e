import { benchCommand, runCommand } from "@whitelabel/ops";

await runCommand(benchCommand());
