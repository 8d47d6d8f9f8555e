import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { guardProcess } from "../process/guard.ts";
import { watchSources } from "./watch-sources.ts";
import { appFolder, dataFolder, shown, workspaceRoot } from "./workspace.ts";

export type ApiProcess = {
  /** Of the process that runs now: every reload is another one. */
  readonly pid: number;
  /** Resolves once the API is ready to serve; rejects if it ends or does not become ready in time. */
  ready(): Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  product: Product;
  port: number;
  env: Record<string, string>;
  onLine: (line: string) => void;
  /** Called after each reload, with the new process running. */
  onReload: () => void;
};

/** Starts a product's API from its sources; it starts again whenever one of them is saved. */
export function startApi({ product, port, env, onLine, onReload }: Options): ApiProcess {
  const main = path.join(appFolder(product), "src", "main.ts");
  if (!existsSync(main)) throw new OpsError(`The API of ${product.name} is missing: ${main}.`);

  const lastLines: string[] = [];
  let isStopped = false;
  let reloads = 0;
  let reloading = Promise.resolve();
  let current = launch();
  const sources = watchSources(sourceFolders(product), (files) => {
    reloads += 1;
    reloading = reloading.then(() => reload(files)).finally(() => (reloads -= 1));
  });

  return {
    get pid() {
      return current.pid;
    },
    ready,
    async stop() {
      isStopped = true;
      sources.close();
      await current.end(11_000); // the API drains for up to 10 s; longer than that it hangs
      await reloading;
    },
  };

  function launch(): Child {
    const onEnd = (how: string) => {
      if (!isStopped) onLine(`The API has ended (${how}). It starts again when a source is saved.`);
    };
    return startChild(product, { ...machineEnv(), ...env }, keepLine, onEnd);
  }

  function keepLine(line: string) {
    lastLines.push(line);
    if (lastLines.length > 30) lastLines.shift();
    onLine(line);
  }

  async function reload(files: readonly string[]) {
    if (isStopped) return;
    const [first = "", ...others] = files.map(shown);
    onLine(`${others.length > 0 ? `${first} and ${others.length} more` : first} changed: starting again`);
    await current.end(3_000);
    if (isStopped) return;
    try {
      current = launch();
      onReload();
    } catch (error) {
      onLine(error instanceof Error ? error.message : String(error));
    }
  }

  async function ready() {
    const url = `http://127.0.0.1:${port}/api/health/ready`;
    for (const end = performance.now() + 60_000; ; await sleep(50)) {
      const status = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 200) return;
      const hasEnded = reloads === 0 && current.hasEnded();
      if (!hasEnded && performance.now() < end) continue;
      const words = hasEnded
        ? "ended while it started"
        : `is not ready after 60 s (${url} answers ${status || "nothing"})`;
      const tail = lastLines.slice(-15).map((line) => `  ${line}`);
      throw new OpsError([`The API of ${product.name} ${words}. Its last lines:`, ...tail].join("\n"));
    }
  }
}

type Child = {
  pid: number;
  hasEnded(): boolean;
  /** SIGTERM, and SIGKILL for whatever is left after that time. */
  end(graceMs: number): Promise<void>;
};

function startChild(
  product: Product,
  env: Record<string, string>,
  onLine: (line: string) => void,
  onEnd: (how: string) => void,
): Child {
  const options = ["--disable-warning=ExperimentalWarning", "--import", quickDrizzle];
  const child = spawn(process.execPath, [...options, "src/main.ts"], {
    cwd: appFolder(product),
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: Ctrl-C reaches this launcher alone, which then stops everything in order.
    detached: true,
  });
  const pid = child.pid;
  child.on("error", (error) => onLine(error.message));
  if (pid === undefined) throw new OpsError(`The API of ${product.name} cannot be started.`);
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", onLine);

  const lift = guardProcess(-pid);
  let ending: Promise<void> | undefined;
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      lift();
      resolve();
      if (!ending) onEnd(signal ?? `exit code ${code}`);
    });
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  return {
    pid,
    hasEnded,
    // Once: asked a second time, the API would end without draining.
    end(graceMs) {
      ending ??= hasEnded() ? Promise.resolve() : terminate(graceMs);
      return ending;
    },
  };

  async function terminate(graceMs: number) {
    child.kill("SIGTERM");
    const late = setTimeout(() => {
      try {
        process.kill(-(pid as number), "SIGKILL");
      } catch {}
    }, graceMs);
    await exited;
    clearTimeout(late);
  }
}

const quickDrizzle = new URL("quick-drizzle.ts", import.meta.url).href;

/** What an API may be made of: its own sources and every package's. */
function sourceFolders(product: Product): string[] {
  const packages = path.join(workspaceRoot, "packages");
  const sources = readdirSync(packages).map((name) => path.join(packages, name, "src"));
  return [path.join(appFolder(product), "src"), ...sources.filter((folder) => existsSync(folder))];
}

/** What a program needs of the machine, without anything that an API would read. */
function machineEnv(): Record<string, string> {
  const kept = /^(PATH|HOME|USER|LANG|LC_.*|TZ|TERM|TMPDIR|NODE_.*|FORCE_COLOR|NO_COLOR|(HTTPS?|NO)_PROXY|SSL_.*)$/i;
  const entries = Object.entries(process.env).filter(([name, value]) => kept.test(name) && value !== undefined);
  // Keeps the stripped sources: a third of the time from start to listening.
  const cache = { NODE_COMPILE_CACHE: path.join(dataFolder(), "compile-cache") };
  return { ...cache, ...(Object.fromEntries(entries) as Record<string, string>) };
}
