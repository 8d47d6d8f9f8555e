import { loadOps } from "./load-ops.ts";

const { dbAdoptCommand, runCommand } = await loadOps();

await runCommand(dbAdoptCommand());
