import { benchStreamsCommand, runCommand } from "@whitelabel/ops";

await runCommand(benchStreamsCommand());
