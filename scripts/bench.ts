import { loadOps } from "./load-ops.ts";

const { benchCommand, runCommand } = await loadOps();

await runCommand(benchCommand());
