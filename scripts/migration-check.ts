import { loadOps } from "./load-ops.ts";

const { migrationCheckCommand, runCommand } = await loadOps();

await runCommand(migrationCheckCommand());
