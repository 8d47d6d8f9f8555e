import type { Command } from "commander";
import { vi } from "vitest";
import { runCommand } from "./run-command.ts";

export type Run = Readonly<{ code: number; stdout: string; stderr: string }>;
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Runs a command as its script does, for a test, in this process: a second of CPU less than a process of its own. What
 * is the process's alone (its environment, its output, its exit code) is the command's meanwhile, so there is one at a
 * time; others wait.
 */
export function runHere(command: Command, args: readonly string[], env: Variables): Promise<Run> {
  const run = last.then(() => runAlone(command, args, env));
  last = run;
  return run;
}

let last: Promise<unknown> = Promise.resolve();

async function runAlone(command: Command, args: readonly string[], env: Variables): Promise<Run> {
  const before = { env: process.env, exitCode: process.exitCode };
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += text;
      return true;
    }),
  );
  const given = { PATH: before.env.PATH, NO_COLOR: "1", WHITELABEL_DATA: "/nonexistent", ...env };
  process.env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  process.exitCode = undefined;
  try {
    await runCommand(command, ["node", command.name(), ...args]);
    return { code: Number(process.exitCode ?? 0), ...written };
  } finally {
    Object.assign(process, before);
    for (const spy of spies) spy.mockRestore();
  }
}
