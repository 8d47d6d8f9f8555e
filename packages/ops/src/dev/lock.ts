import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";
import { waitUntil } from "../embedded-postgres/processes.ts";
import { identify, isSameProcess, type ProcessIdentity } from "../process/identity.ts";
import { readDevState } from "./state.ts";
import { dataFolder } from "./workspace.ts";

/** `release` gives the place back; `wasLeft` tells that an earlier run was killed, and that its parts may still be ending. */
export type DevLock = { release: () => void; wasLeft: boolean };

/** One `pnpm dev` for each workspace. */
export async function takeDevLock(): Promise<DevLock> {
  const file = path.join(dataFolder(), "dev.lock");
  let wasLeft = false;
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 3) throw error;
      const holder = readHolder(file);
      if (holder && isSameProcess(holder)) {
        throw new OpsError(
          `\`pnpm dev\` already runs for this workspace (process ${holder.pid}).`,
          `Stop it with Ctrl-C in its terminal, or: kill ${holder.pid}`,
        );
      }
      rmSync(file, { force: true });
      wasLeft = true;
    }
  }
  await endLeftovers();
  return { release: () => rmSync(file, { force: true }), wasLeft };
}

/** API processes whose launcher was killed so hard that not even their guards were left. */
async function endLeftovers(): Promise<void> {
  for (const child of readDevState()?.children ?? []) {
    if (!isSameProcess(child)) continue;
    try {
      process.kill(-child.pid, "SIGKILL"); // with its group: whatever it started
    } catch {}
    await waitUntil(() => !isSameProcess(child), 2_000);
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
