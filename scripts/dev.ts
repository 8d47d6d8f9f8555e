import { loadOps } from "./load-ops.ts";

const { devCommand, runCommand } = await loadOps();

await runCommand(devCommand());
