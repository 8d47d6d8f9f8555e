import { loadOps } from "./load-ops.ts";

const { devTokenCommand, runCommand } = await loadOps();

await runCommand(devTokenCommand());
