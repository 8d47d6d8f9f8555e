import { loadOps } from "./load-ops.ts";

const { newMigrationCommand, runCommand } = await loadOps();

await runCommand(newMigrationCommand());
