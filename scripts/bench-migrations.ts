import { loadOps } from "./load-ops.ts";

const { benchMigrationsCommand, runCommand } = await loadOps();

await runCommand(benchMigrationsCommand());
