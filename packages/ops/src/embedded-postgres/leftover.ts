import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";
import { commandOf, isSameProcess, type ProcessIdentity } from "../process/identity.ts";
import { send, signalAll, waitUntil } from "./processes.ts";

/**
 * Clears what an earlier run left in the data folder. A server whose launcher lives is somebody's and is refused;
 * one whose launcher was killed is stopped, for nobody would stop it later; a stale pid file is removed,
 * because PostgreSQL itself gives up when its number now belongs to another process of the same user.
 */
export async function clearLeftover(dataDir: string, launcher: ProcessIdentity | undefined): Promise<void> {
  const pid = readPostmasterPid(dataDir).pid;
  if (pid === undefined) return;
  if (!commandOf(pid).includes(dataDir)) return removePidFile(dataDir);

  if (launcher && launcher.pid !== process.pid && isSameProcess(launcher)) {
    throw new OpsError(
      `A PostgreSQL server already runs in ${dataDir}, started by process ${launcher.pid}.`,
      `Stop that first: kill ${launcher.pid}`,
    );
  }
  await stopProcess(pid);
  if (readPostmasterPid(dataDir).pid === pid) removePidFile(dataDir);
}

/** Fast shutdown, then immediate, then kill -9; a frozen server is woken, or it would never hear. */
export async function stopProcess(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ["SIGINT", 8_000],
    ["SIGQUIT", 2_000],
    ["SIGKILL", 2_000],
  ] as const) {
    send(pid, signal);
    signalAll(pid, "SIGCONT");
    if (await waitUntil(() => commandOf(pid) === "", patience)) return;
  }
  throw new OpsError(`The PostgreSQL server (process ${pid}) does not stop.`);
}

/** What the running server wrote into its data folder: its number, and "ready" once it answers. */
export function readPostmasterPid(dataDir: string): { pid?: number; status?: string } {
  try {
    const lines = readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, status: lines[7]?.trim() ?? "" } : {};
  } catch {
    return {};
  }
}

function removePidFile(dataDir: string): void {
  rmSync(path.join(dataDir, "postmaster.pid"), { force: true });
}
