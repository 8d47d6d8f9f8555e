import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

export type RunningServer = Awaited<ReturnType<typeof spawnServer>>;

type Options = Readonly<{
  env: Readonly<Record<string, string>>;
  cwd: string;
  path: string;
  /** By which it is stopped. */
  signal?: NodeJS.Signals;
}>;

/** Whether servers get a core of their own here: two cores at least, and `taskset`. */
export const isPinned = availableParallelism() > 1 && hasTaskset();

/** Leaves the first core to the servers: this process, and what it starts from now on, runs on the others. */
export function leaveFirstCore(): void {
  if (isPinned) execFileSync("taskset", ["-a", "-p", "-c", `1-${availableParallelism() - 1}`, String(process.pid)]);
}

/**
 * Lets this process come before all others on its cores, and not what it starts afterwards. A client that waits for the
 * processor, among as many servers of the database as there are connections, would take its own delay for a late answer.
 * False where we may not.
 */
export function comeFirst(): boolean {
  try {
    execFileSync("chrt", ["--reset-on-fork", "--all-tasks", "--rr", "--pid", "1", String(process.pid)], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

/** Starts `node …args` on the first core and waits until `path` is answered. Its log goes where nobody reads it. */
export async function spawnServer(args: readonly string[], { env, cwd, path, signal = "SIGKILL" }: Options) {
  const port = await freePort();
  const [file = "", ...rest] = [...(isPinned ? ["taskset", "-c", "0"] : []), process.execPath, ...args];
  const started = performance.now();
  const child = spawn(file, rest, {
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
    cwd,
  });
  const stop = async () => {
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child as ChildProcess, "close");
  };
  try {
    await answering(port, path, () => child.exitCode !== null);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, pid: child.pid as number, firstAnswerMs: performance.now() - started, stop };
}

/** CPU time that a process has used so far, all its threads together, in microseconds; 0 where nobody tells. */
export function cpuOf(pid: number): number {
  if (process.platform !== "linux") return 0;
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((id) =>
    Number.parseInt(readFileSync(`/proc/${pid}/task/${id}/schedstat`, "utf8"), 10),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1_000;
}

/** Resident memory in MB; undefined where nobody tells. */
export function residentOf(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024);
}

function hasTaskset(): boolean {
  try {
    execFileSync("taskset", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answering(port: number, path: string, hasEnded: () => boolean): Promise<void> {
  for (const end = performance.now() + 30_000; !(await answers(port, path)); await sleep(1)) {
    if (hasEnded()) throw new Error("The server ended before it answered");
    if (performance.now() > end) throw new Error(`${path} is not answered`);
  }
}

/** Not by `fetch`: its own first call takes as long as what is measured. */
function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: "127.0.0.1" });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    socket.on("data", (bytes: Buffer) => {
      resolve(bytes.toString("latin1", 9, 12) === "200");
      socket.destroy();
    });
    socket.on("error", () => resolve(false));
    socket.on("close", () => resolve(false));
  });
}
