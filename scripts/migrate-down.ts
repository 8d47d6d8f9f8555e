import { loadOps } from "./load-ops.ts";

const { migrateDownCommand, runCommand } = await loadOps();

await runCommand(migrateDownCommand());
