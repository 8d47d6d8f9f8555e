import { piiScanCommand, runCommand } from "@whitelabel/ops";

await runCommand(piiScanCommand());
