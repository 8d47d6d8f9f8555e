import { spawn } from "node:child_process";
import { join } from "node:path";
import { styleText } from "node:util";
import { readArguments } from "./read-arguments.ts";

const root = join(import.meta.dirname, "..");
const bin = (name: string) => join(root, "node_modules/.bin", name);

type Check = readonly [name: string, command: string, ...args: string[]];

// One name, one command each, the longest first; the migrations bring a server of their own.
const checks: readonly Check[] = [
  ["types", bin("tsc"), "--noEmit", "--checkers", "1"], // four take twice the work, and other checks run meanwhile
  ["style", bin("biome"), "check", "--error-on-warnings"],
  ["packages", process.execPath, "scripts/check-packages.ts"],
  ["arrows", process.execPath, "scripts/check-arrows.ts"],
  ["unused code", bin("knip"), "--no-progress"],
  ["env examples", process.execPath, "scripts/env-example.ts", "--check"],
  ["client", process.execPath, "scripts/client-generate.ts", "--check"],
  ["data dictionary", process.execPath, "scripts/data-dictionary.ts", "--check"],
  ["migrations", process.execPath, "scripts/migration-check.ts"],
  ["changesets", process.execPath, "scripts/check-changesets.ts"],
];

/** Runs every static check, two at a time, and tells how many passed and failed. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  let failed = 0;
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) if (!(await passes(check))) failed++;
  };
  await Promise.all([work(), work()]);
  return { passed: checks.length - failed, failed };
}

async function passes([name, command, ...args]: Check): Promise<boolean> {
  const start = performance.now();
  const { code, output } = await run(command, args);
  const took = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  console.log(`${code === 0 ? styleText("green", "✓") : styleText("red", "✗")} ${name} ${styleText("dim", took)}`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

function run(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", (error) => resolve({ code: 1, output: `${command}: ${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

if (import.meta.main) {
  readArguments("pnpm check\n\nRuns every static check, two at a time. Exit code 0: all of them passed.", {});
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
