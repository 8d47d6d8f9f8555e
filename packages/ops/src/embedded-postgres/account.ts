import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

export type Account = { uid: number; gid: number };

/** PostgreSQL refuses to run as root, so root lends it another account; everybody else runs it themselves. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;

  // initdb looks its own name up, so the account must be one that the system knows.
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  return nobody ? { uid: Number(nobody[1]), gid: Number(nobody[2]) } : { uid: 65534, gid: 65534 };
}

/** Asks the system itself, as that account: modes, access lists and mount options all have a say. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  const { status } = spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], {
    cwd: "/",
    stdio: "ignore",
    ...account,
  });
  return status === 0;
}
