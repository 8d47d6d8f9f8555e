import { benchOverloadCommand, runCommand } from "@whitelabel/ops";

await runCommand(benchOverloadCommand());
