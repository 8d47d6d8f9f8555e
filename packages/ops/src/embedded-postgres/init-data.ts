import { spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";
import type { Place } from "./place.ts";

/** The major version of the embedded binaries. */
const POSTGRES_MAJOR = "18";

/** Refuses a folder that another PostgreSQL wrote, or that holds something else. */
export function checkData(dataDir: string): void {
  const version = readVersion(dataDir);
  if (version === POSTGRES_MAJOR) return;
  if (version === "") {
    throw new OpsError(
      `The data folder ${dataDir} is incomplete: its PG_VERSION is empty, as after a full disk or a crash.`,
      "Start over with `pnpm dev --reset`, which deletes it; to keep what is there, move the folder away first.",
    );
  }
  if (version !== undefined) {
    throw new OpsError(
      `The data folder ${dataDir} was written by PostgreSQL ${version}; this workspace runs ${POSTGRES_MAJOR}, which cannot read it.`,
      "Start over with `pnpm dev --reset`, which deletes it; to keep the data, move the folder away first.",
    );
  }
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new OpsError(
      `The folder ${dataDir} is not empty and holds no PostgreSQL data (no PG_VERSION).`,
      "Move it away, or start over with `pnpm dev --reset`.",
    );
  }
}

/** Makes the data: under another name first, so that an interrupted initdb leaves nothing that looks like data. */
export function createData(place: Place, password: string, { sync }: { sync: boolean }): void {
  const { dataDir, native, account } = place;
  const fresh = `${dataDir}.new`;
  const passwordFile = `${dataDir}.initial-password`;
  try {
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account) {
      chownSync(fresh, account.uid, account.gid);
      chownSync(passwordFile, account.uid, account.gid);
    }
    runInitdb();
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(fresh, dataDir);
  } catch (cause) {
    if (cause instanceof OpsError) throw cause;
    throw new OpsError(
      `The PostgreSQL data folder ${dataDir} cannot be made (${(cause as NodeJS.ErrnoException).code ?? cause}).`,
      "Put the workspace on a disk you may write to, or make that folder writable.",
      { cause },
    );
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }

  function runInitdb() {
    // libc's LC_CTYPE decides which letters full-text and trigram search know, so it must not be plain C;
    // sorting is the builtin provider's, the same on every machine.
    const locale = process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
    const words = ["--pgdata", fresh, "--username", "postgres", "--pwfile", passwordFile, "--auth", "scram-sha-256"];
    const locales = ["--encoding", "UTF8", "--locale", locale, "--locale-provider", "builtin"];
    const { status, error, stderr } = spawnSync(
      path.join(native, "bin", "initdb"),
      [...words, ...locales, "--builtin-locale", "C.UTF-8", "--no-instructions", ...(sync ? [] : ["--no-sync"])],
      { cwd: "/", encoding: "utf8", env: { PATH: process.env.PATH, LC_ALL: locale }, ...account },
    );
    if (status === 0) return;
    throw new OpsError(`PostgreSQL could not make its data folder ${dataDir}: ${(error?.message ?? stderr).trim()}`);
  }
}

function readVersion(dataDir: string): string | undefined {
  try {
    return readFileSync(path.join(dataDir, "PG_VERSION"), "utf8").trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new OpsError(
      `The data folder ${dataDir} cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      "It belongs to another user: run the command as that user, or start over with `pnpm dev --reset`.",
      { cause },
    );
  }
}
