import { loadOps } from "./load-ops.ts";

const { coreCheckCommand, runCommand } = await loadOps();

await runCommand(coreCheckCommand());
