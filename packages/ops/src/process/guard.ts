import { spawn } from "node:child_process";

// Waits for the end of its standard input, which is ours: it comes when this process ends, however it ends.
// $1 process or (negative) group, $2 polite signal, $3 seconds to wait, $4 signal after that, $5 folder to remove.
const script = `
read -r _
kill -s "$2" -- "$1" 2>/dev/null
kill -s CONT -- "$1" 2>/dev/null
tries=$(($3 * 10))
while [ "$tries" -gt 0 ] && kill -s 0 -- "$1" 2>/dev/null; do sleep 0.1; tries=$((tries - 1)); done
kill -s "$4" -- "$1" 2>/dev/null
[ -z "$5" ] || { sleep 0.1; rm -rf -- "$5"; }
`;

export type GuardOptions = {
  signal?: string;
  graceSeconds?: number;
  lastSignal?: string;
  /** Removed at the end: the data of a throwaway server. */
  removeFolder?: string;
  account?: { uid: number; gid: number } | undefined;
};

/**
 * Lets a child die with this process, kill -9 included, which no exit handler sees.
 * Returns the function that lifts the guard; call it once the child has ended.
 */
export function guardProcess(target: number, options: GuardOptions = {}): () => void {
  const { signal = "TERM", graceSeconds = 8, lastSignal = "KILL", removeFolder = "", account } = options;
  const words = [String(target), signal, String(graceSeconds), lastSignal, removeFolder];
  const guard = spawn("/bin/sh", ["-c", script, "guard", ...words], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
    ...account,
  });
  guard.on("error", () => {});
  guard.stdin?.on("error", () => {});
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();

  return () => {
    if (guard.exitCode === null && guard.signalCode === null) guard.kill("SIGKILL");
  };
}
