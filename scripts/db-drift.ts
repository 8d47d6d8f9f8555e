import { loadOps } from "./load-ops.ts";

const { dbDriftCommand, runCommand } = await loadOps();

await runCommand(dbDriftCommand());
