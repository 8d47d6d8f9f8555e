import { loadOps } from "./load-ops.ts";

const { coreGrantsCommand, runCommand } = await loadOps();

await runCommand(coreGrantsCommand());
