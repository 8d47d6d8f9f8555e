import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Product } from "@whitelabel/shared-config";
import { onTestFinished } from "vitest";
import { bundleOf } from "./bundle.ts";
import { freePort } from "./free-port.ts";
import type { Variables } from "./test-env.ts";

export type TestServer = Awaited<ReturnType<typeof startServer>>;

/** A product's API as a process of its own, for the running test: black box, ended with the test. */
export async function useServer(product: Product, env: Variables, port?: number): Promise<TestServer> {
  const server = await startServer(product, env, port);
  onTestFinished(() => server.kill());
  return server;
}

/**
 * As `useServer`, to be ended by the caller. What runs is the bundle that production runs, with these variables and
 * nothing of the test's own environment. `node` is another Node to run it by.
 */
export async function startServer(product: Product, env: Variables, wantedPort?: number, node = process.execPath) {
  const bundle = await bundleOf(product);
  const port = wantedPort ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(node, ["main.js"], {
    cwd: bundle,
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (bytes) => {
    output.stdout += bytes;
  });
  child.stderr.on("data", (bytes) => {
    output.stderr += bytes;
  });
  const ended = once(child, "exit");
  const exited = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    afterMs: performance.now() - started,
  }));
  const request = (path: string, init?: RequestInit) => fetch(url + path, init);

  return {
    url,
    pid: child.pid as number,
    /** Everything written so far. */
    output: () => output.stdout + output.stderr,
    stderr: () => output.stderr,
    exited,
    /** Its code, as soon as the process is gone, whether anybody reads what it wrote or not. */
    code: async () => (await ended)[0] as number | null,
    /** Leaves what it writes where it is, so that the pipe is soon full. */
    stopReading: () => child.stdout.pause(),
    request,
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    kill: () => kill(child),
    /** Waits until it answers at all, or fails with what it wrote. */
    async listening(withinMs = 15_000) {
      await until(withinMs, async () => {
        if (child.exitCode !== null) throw new Error(`${product.id} exited with ${child.exitCode}:\n${output.stderr}`);
        return await request("/api/health").then(
          (response) => response.ok,
          () => false,
        );
      });
    },
    /** Waits until readiness says this status. */
    async readiness(status: number, withinMs = 15_000) {
      await until(withinMs, async () => {
        const response = await request("/api/health/ready").catch(() => undefined);
        return response?.status === status;
      });
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "close");
}

/** Asks again until the answer is yes. */
export async function until(withinMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Not within ${withinMs} ms`);
    await sleep(50);
  }
}
