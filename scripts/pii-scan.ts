import { loadOps } from "./load-ops.ts";

const { piiScanCommand, runCommand } = await loadOps();

await runCommand(piiScanCommand());
