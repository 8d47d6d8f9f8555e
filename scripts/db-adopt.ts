import { dbAdoptCommand, runCommand } from "@whitelabel/ops";

await runCommand(dbAdoptCommand());
