import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";
import { identify, type ProcessIdentity } from "../process/identity.ts";
import { findFreePort, isPortFree } from "../process/ports.ts";
import { canEnter, serverAccount } from "./account.ts";
import { checkData, createData } from "./init-data.ts";
import { clearLeftover } from "./leftover.ts";
import { findPlace, give, makeFolder, type Place } from "./place.ts";
import { signalAll } from "./processes.ts";
import { runServer } from "./run-server.ts";

export type Server = {
  host: string;
  port: number;
  /** Of the postmaster. Another one after restart(). */
  readonly pid: number;
  /** Where the data really lies, which is not always the folder asked for: see findPlace. */
  dataDir: string;
  superuserUrl: string;
  /** The URL of another role or database on this server. */
  url(role: string, password: string, database: string): string;
  /** Stops every process of the server where it stands, as a hung disk would. */
  freeze(): void;
  thaw(): void;
  /** Kills every process of the server at once; the data folder is left as a crash leaves it. */
  kill(): Promise<void>;
  /** The same data on the same port again; also after stop() or kill(). */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when the server has ended, whoever ended it. */
  readonly exited: Promise<void>;
};

export type PostgresOptions = {
  dataDir: string;
  /** Without one, a free port is chosen. */
  port?: number | undefined;
  /** Taken if it is free once an earlier run's leftovers have ended; otherwise another one. */
  preferredPort?: number | undefined;
  /** Names and values for the server's command line, over our own. */
  settings?: Record<string, string> | undefined;
  onLog?: ((line: string) => void) | undefined;
};

/**
 * Starts a PostgreSQL of our own over `dataDir`, making the data first if there is none. The superuser's password is
 * kept in `<dataDir>.password`. The server ends with this process, however that ends.
 */
export async function startPostgres({ dataDir, ...options }: PostgresOptions): Promise<Server> {
  const folder = absolute(dataDir);
  const place = findPlace(folder);
  checkData(place.dataDir);
  const isNew = !existsSync(path.join(place.dataDir, "PG_VERSION"));
  const password = isNew ? randomPassword() : readPassword(`${folder}.password`);
  if (isNew) {
    writePrivately(`${folder}.password`, password);
    createData(place, password, { sync: true });
  }
  await clearLeftover(place.dataDir, readLauncher(`${folder}.run`));
  writePrivately(`${folder}.run`, JSON.stringify(identify(process.pid)));
  return launch(place, { ...options, password });
}

/** A server for one test run, in a temporary folder of its own, fast and unsafe: its data goes when it stops. */
export async function startThrowawayPostgres(options: Omit<PostgresOptions, "dataDir"> = {}): Promise<Server> {
  const account = serverAccount();
  const settings = { ...unsafe, ...options.settings };
  // Who asks for durable writes measures them: on a disk.
  const folders = [...(settings.fsync === "off" ? memoryFolder() : []), os.tmpdir(), "/tmp"];
  const base = folders.find((folder) => canEnter(folder, account)) ?? os.tmpdir();
  const temporaryFolder = mkdtempSync(path.join(realpathSync(base), "whitelabel-postgres-"));
  give(temporaryFolder, account);
  try {
    const place = findPlace(path.join(temporaryFolder, "data"));
    const password = randomPassword();
    createData(place, password, { sync: false });
    return await launch(place, { ...options, settings, password, temporaryFolder });
  } catch (error) {
    rmSync(temporaryFolder, { recursive: true, force: true });
    throw error;
  }
}

const unsafe = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "256MB" };

/**
 * Linux's folder in memory, where there is plenty of both: a database is a thousand files, and to make and delete these
 * takes a disk's file system several times as long.
 */
function memoryFolder(): string[] {
  const folder = "/dev/shm";
  if (process.platform !== "linux" || !existsSync(folder)) return [];
  const { bsize, bavail } = statfsSync(folder);
  const room = Math.min(bsize * bavail, os.freemem());
  return room > 4 * 2 ** 30 && canWrite(folder) ? [folder] : [];
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

type Launch = Omit<PostgresOptions, "dataDir"> & { password: string; temporaryFolder?: string };

async function launch(place: Place, { password, temporaryFolder, ...options }: Launch): Promise<Server> {
  const { port: wanted, preferredPort } = options;
  if (wanted !== undefined && !(await isPortFree(wanted))) {
    throw new OpsError(
      `Port ${wanted} is taken, so PostgreSQL cannot listen there.`,
      `Find what holds it with \`lsof -i :${wanted}\` and stop it, or choose another port.`,
    );
  }
  const host = "127.0.0.1";
  const isPreferredFree = preferredPort !== undefined && (await isPortFree(preferredPort));
  const port = wanted ?? (isPreferredFree ? preferredPort : await findFreePort());
  const start = () => runServer(place, { ...options, port, temporaryFolder });
  const url = (role: string, secret: string, database: string) =>
    `postgres://${encodeURIComponent(role)}:${encodeURIComponent(secret)}@${host}:${port}/${database}`;

  let run = await start();
  return {
    host,
    port,
    url,
    dataDir: place.dataDir,
    superuserUrl: url("postgres", password, "postgres"),
    get pid() {
      return run.pid;
    },
    get exited() {
      return run.exited;
    },
    freeze: () => signalAll(run.pid, "SIGSTOP"),
    thaw: () => signalAll(run.pid, "SIGCONT"),
    async kill() {
      signalAll(run.pid, "SIGKILL");
      await run.exited;
    },
    async restart() {
      await run.stop();
      await clearLeftover(place.dataDir, undefined);
      run = await start();
    },
    async stop() {
      await run.stop();
      if (temporaryFolder) rmSync(temporaryFolder, { recursive: true, force: true });
    },
  };
}

/** Links resolved as far as they exist, so that one folder has one name. */
function absolute(dataDir: string): string {
  const parent = path.dirname(path.resolve(dataDir));
  makeFolder(parent);
  return path.join(realpathSync(parent), path.basename(dataDir));
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new OpsError(
      `The password of the PostgreSQL superuser is missing (${file}), so the data beside it cannot be opened.`,
      "Put the file back, or start over with `pnpm dev --reset`.",
      { cause },
    );
  }
}

function writePrivately(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (cause) {
    throw new OpsError(
      `The folder ${path.dirname(file)} cannot be written to (${(cause as NodeJS.ErrnoException).code}).`,
      "Put the workspace on a disk you may write to, or make that folder writable.",
      { cause },
    );
  }
}

function readLauncher(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

function randomPassword(): string {
  return randomBytes(24).toString("base64url");
}
