import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { OpsError } from "../cli/ops-error.ts";
import { guardProcess } from "../process/guard.ts";
import { readPostmasterPid, stopProcess } from "./leftover.ts";
import type { Place } from "./place.ts";

/** One life of a server, from start to exit. */
export type Run = { pid: number; exited: Promise<void>; stop(): Promise<void> };

export type RunOptions = {
  port: number;
  settings?: Record<string, string> | undefined;
  onLog?: ((line: string) => void) | undefined;
  temporaryFolder?: string | undefined;
};

/** Starts the server over existing data and resolves when it answers. */
export async function runServer(place: Place, options: RunOptions): Promise<Run> {
  // After a crash the old server's children take a moment to notice and to let go of its memory.
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptRun(place, options);
    } catch (error) {
      const isTransient = /shared memory block .* is still in use/.test(String(error));
      if (!isTransient || attempt === 20) throw error;
      await sleep(250);
    }
  }
}

async function attemptRun(place: Place, { port, settings, onLog, temporaryFolder }: RunOptions): Promise<Run> {
  const all = { ...ourSettings, port: String(port), ...settings };
  const words = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // detached: Ctrl-C in a terminal reaches the whole group, and the server must outlive the APIs that use it.
  const child = spawn(path.join(place.native, "bin", "postgres"), ["-D", place.dataDir, ...words], {
    cwd: "/",
    detached: true,
    env: { PATH: process.env.PATH, TZ: "UTC" },
    stdio: ["ignore", "ignore", "pipe"],
    ...place.account,
  });
  const lastLines: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    lastLines.push(line);
    if (lastLines.length > 20) lastLines.shift();
    onLog?.(line);
  });
  const exited = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", (error) => {
      lastLines.push(error.message);
      resolve();
    });
  });
  const { pid } = child;
  if (pid === undefined) {
    await exited;
    throw new OpsError(`PostgreSQL cannot be started: ${lastLines.join("\n")}`);
  }

  const lift = guardProcess(pid, {
    signal: "INT",
    lastSignal: "QUIT",
    account: place.account,
    ...(temporaryFolder ? { removeFolder: temporaryFolder } : {}),
  });
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  exited.then(lift);

  await waitForReady();
  return {
    pid,
    exited,
    async stop() {
      if (!isOver()) await stopProcess(pid);
      await exited;
    },
  };

  async function waitForReady() {
    for (let end = performance.now() + 60_000; ; await sleep(10)) {
      const written = readPostmasterPid(place.dataDir);
      if (written.pid === child.pid && written.status === "ready") return;
      if (isOver()) {
        await exited;
        throw new OpsError(`PostgreSQL did not start in ${place.dataDir}:\n${lastLines.join("\n")}`);
      }
      if (performance.now() > end) {
        await stopProcess(child.pid ?? 0);
        throw new OpsError(`PostgreSQL was not ready within 60 s in ${place.dataDir}:\n${lastLines.join("\n")}`);
      }
    }
  }
}

const ourSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "", // TCP only: a socket's path has a length limit and would need a folder of its own
  max_connections: "200",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
};
