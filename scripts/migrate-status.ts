import { loadOps } from "./load-ops.ts";

const { migrateStatusCommand, runCommand } = await loadOps();

await runCommand(migrateStatusCommand());
