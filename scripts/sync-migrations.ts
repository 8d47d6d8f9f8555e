import { loadOps } from "./load-ops.ts";

const { runCommand, syncMigrationsCommand } = await loadOps();

await runCommand(syncMigrationsCommand());
