import { spawn } from "node:child_process";
import { join } from "node:path";
import { styleText } from "node:util";
import { products } from "@whitelabel/shared-config";
import { readArguments } from "./read-arguments.ts";

const help = `pnpm test:nightly [options]

Runs every test with its full counts, of which \`pnpm test\` runs a small share, then what takes longer still. Goes on
after a failure, and fails in the end if one step did. Takes hours; docs/testing.md says what runs how often.

  pnpm test:nightly            everything
  pnpm test:nightly --list     the steps, without running them
  pnpm test:nightly --help     this text
`;

type Step = readonly [name: string, script: string, ...args: string[]];

const steps: readonly Step[] = [
  ["every check", "check.ts"],
  // One file at a time: hundreds of clients at once want the machine for themselves, as production would be theirs.
  ["every test, with full counts", "test.ts", "--no-static", "--maxWorkers=1"],
  ["100,000 requests made from the document", "fuzz.ts", "--nightly"],
  ...products.map(({ id }): Step => {
    return [`10,000 listeners of ${id}`, "bench-streams.ts", "--product", id, "--clients", "10000"];
  }),
];

const { list } = readArguments(help, { options: { list: { type: "boolean" } } }).values;
if (list) {
  for (const [name, script, ...args] of steps) console.log([`${name}:`, script, ...args].join(" "));
} else {
  process.exitCode = await runAll();
}

async function runAll(): Promise<number> {
  // Ctrl-C reaches the running step too, which then stops its servers; wait for it, and begin no other.
  let isOver = false;
  process.on("SIGINT", () => {
    isOver = true;
  });
  const lines: string[] = [];
  let failed = 0;
  for (const [name, script, ...args] of steps) {
    if (isOver) break;
    const started = performance.now();
    const code = await run(script, args);
    if (code !== 0) failed += 1;
    const took = `${Math.round((performance.now() - started) / 60_000)} min`;
    lines.push(`${code === 0 ? styleText("green", "✓") : styleText("red", "✗")} ${name} ${styleText("dim", took)}`);
  }
  console.log(`\n${lines.join("\n")}`);
  return failed === 0 && !isOver ? 0 : 1;
}

function run(script: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: "inherit",
    env: { ...process.env, NIGHTLY: "1" },
  });
  return new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code ?? 1));
  });
}
