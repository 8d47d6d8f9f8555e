import { loadOps } from "./load-ops.ts";

const { benchOverloadCommand, runCommand } = await loadOps();

await runCommand(benchOverloadCommand());
