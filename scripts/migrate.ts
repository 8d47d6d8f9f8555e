import { loadOps } from "./load-ops.ts";

const { migrateCommand, runCommand } = await loadOps();

await runCommand(migrateCommand());
