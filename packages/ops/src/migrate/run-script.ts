import { execFile, execFileSync, spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";

const scripts = path.resolve(import.meta.dirname, "../../../../scripts");

const environment = (env: Readonly<Record<string, string>>) => ({
  PATH: process.env.PATH,
  NO_COLOR: "1",
  // A folder without a dev.json, so that no database of the developer's own is ever meant.
  WHITELABEL_DATA: "/nonexistent",
  // Each would strip the same types anew.
  NODE_COMPILE_CACHE: path.join(os.tmpdir(), `whitelabel-compiled-${process.getuid?.() ?? ""}`),
  ...env,
});

export type Run = Readonly<{ code: number; stdout: string; stderr: string }>;

/** Runs a command as `pnpm` does, for a test: with nobody to ask, and without the developer's environment. */
export function runScript(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(scripts, script), ...args],
      { env: environment(env) },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

// The system's own, of util-linux: part of every Debian, and not of macOS.
const terminal = "script";

/** Whether a terminal can be had. */
export const hasTerminal = ((): boolean => {
  try {
    return execFileSync(terminal, ["--version"], { stdio: "pipe" }).includes("util-linux");
  } catch {
    return false;
  }
})();

/** Runs a command in a terminal, and types `keys` once it has asked. Returns its exit code and what the screen got. */
export function runInTerminal(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { question, keys }: { question: string; keys: string },
): Promise<{ code: number | null; screen: string }> {
  const command = [process.execPath, path.join(scripts, script), ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn(terminal, ["--quiet", "--return", "--command", command, "/dev/null"], { env: environment(env) });
  let screen = "";
  let isAsked = false;
  child.stdout.on("data", (bytes) => {
    screen += bytes;
    if (isAsked || !screen.includes(question)) return;
    isAsked = true;
    child.stdin.write(keys);
  });
  return new Promise((resolve) =>
    child.once("close", (code) => resolve({ code, screen: screen.replaceAll("\r", "") })),
  );
}
