import { loadOps } from "./load-ops.ts";

const { benchStreamsCommand, runCommand } = await loadOps();

await runCommand(benchStreamsCommand());
