import { loadOps } from "./load-ops.ts";

const { provisionCommand, runCommand } = await loadOps();

await runCommand(provisionCommand());
