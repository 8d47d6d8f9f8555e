import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { guardProcess } from "../process/guard.ts";
import { appFolder, dataFolder } from "./workspace.ts";

export type ApiProcess = {
  pid: number;
  /** Resolves once the API is ready to serve; rejects if it ends or does not become ready in time. */
  ready(): Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  product: Product;
  port: number;
  env: Record<string, string>;
  onLine: (line: string) => void;
};

/** Starts a product's API from its sources; it starts again whenever one of them is saved. */
export function startApi({ product, port, env, onLine }: Options): ApiProcess {
  const main = path.join(appFolder(product), "src", "main.ts");
  if (!existsSync(main)) throw new OpsError(`The API of ${product.name} is missing: ${main}.`);

  const lastLines: string[] = [];
  let hasFailed = false;
  const flags = ["--watch", "--watch-preserve-output", "--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...flags, "src/main.ts"], {
    cwd: appFolder(product),
    env: { ...machineEnv(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: Ctrl-C reaches this launcher alone, which then stops everything in order.
    detached: true,
  });
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on("line", (line) => {
      // The watcher stays when the API has ended, so its own words are the only sign.
      if (/^(Failed running|Completed running) '/.test(line)) hasFailed = true;
      lastLines.push(line);
      if (lastLines.length > 30) lastLines.shift();
      onLine(line);
    });
  }
  child.on("error", (error) => lastLines.push(error.message));
  const pid = child.pid;
  if (pid === undefined) throw new OpsError(`The API of ${product.name} cannot be started.`);
  const lift = guardProcess(-pid);
  child.once("exit", lift);

  return { pid, ready, stop: () => stopGroup(child, pid) };

  async function ready() {
    const url = `http://127.0.0.1:${port}/api/health/ready`;
    for (const end = performance.now() + 60_000; ; await sleep(50)) {
      const status = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 200) return;
      const hasEnded = hasFailed || child.exitCode !== null || child.signalCode !== null;
      if (!hasEnded && performance.now() < end) continue;
      const words = hasEnded
        ? "ended while it started"
        : `is not ready after 60 s (${url} answers ${status || "nothing"})`;
      const tail = lastLines.slice(-15).map((line) => `  ${line}`);
      throw new OpsError([`The API of ${product.name} ${words}. Its last lines:`, ...tail].join("\n"));
    }
  }
}

/** What a program needs of the machine, without anything that an API would read. */
function machineEnv(): Record<string, string> {
  const kept = /^(PATH|HOME|USER|LANG|LC_.*|TZ|TERM|TMPDIR|NODE_.*|FORCE_COLOR|NO_COLOR|(HTTPS?|NO)_PROXY|SSL_.*)$/i;
  const entries = Object.entries(process.env).filter(([name, value]) => kept.test(name) && value !== undefined);
  // Keeps the stripped sources: a third of the time from start to listening.
  const cache = { NODE_COMPILE_CACHE: path.join(dataFolder(), "compile-cache") };
  return { ...cache, ...(Object.fromEntries(entries) as Record<string, string>) };
}

/** SIGTERM, then SIGKILL for a whole group: the watcher and the API under it. */
async function stopGroup(child: ChildProcess, pid: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // To the watcher alone: it passes the signal on, and waits. Sent to both, the API would get it twice.
  child.kill("SIGTERM");
  // The API drains for up to 10 s; longer than that it hangs.
  const killed = sleep(11_000, undefined, { ref: false }).then(() => {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {}
  });
  await Promise.race([exited, killed.then(() => exited)]);
}
