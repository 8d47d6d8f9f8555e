import { loadOps } from "./load-ops.ts";

const { runCommand, seedCommand } = await loadOps();

await runCommand(seedCommand());
