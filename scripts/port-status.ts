import { loadOps } from "./load-ops.ts";

const { portStatusCommand, runCommand } = await loadOps();

await runCommand(portStatusCommand());
