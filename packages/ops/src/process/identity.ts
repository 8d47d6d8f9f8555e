import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process as it can be written down and recognised later: a number alone is given out again after a reboot. */
export type ProcessIdentity = { pid: number; identity: string };

export function identify(pid: number): ProcessIdentity | undefined {
  const identity = identityOf(pid);
  return identity === undefined ? undefined : { pid, identity };
}

export function isSameProcess(recorded: ProcessIdentity | undefined): boolean {
  return recorded !== undefined && identityOf(recorded.pid) === recorded.identity;
}

/** The command line, or "" if there is no such process (or only its zombie is left). */
export function commandOf(pid: number): string {
  if (process.platform !== "linux") return ps(pid, "command=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

/** 0 for a process that is not there. */
export function parentOf(pid: number): number {
  if (process.platform !== "linux") return Number(ps(pid, "ppid="));
  try {
    return Number(statFields(pid)[1]);
  } catch {
    return 0;
  }
}

function identityOf(pid: number): string | undefined {
  if (process.platform !== "linux") return ps(pid, "lstart=") || undefined;
  try {
    const fields = statFields(pid);
    // Field 3 is the state, field 22 the start in ticks since boot (proc(5)); a zombie does nothing any more.
    return fields[0] === "Z" ? undefined : `${bootId()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

/** The fields of /proc/<pid>/stat from the third on: the second is a name that may hold spaces and brackets. */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "";
  }
}
