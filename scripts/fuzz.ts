import { spawn } from "node:child_process";
import { join } from "node:path";
import { readArguments } from "./read-arguments.ts";

const help = `pnpm fuzz [options]

Sends requests that are made from the OpenAPI document to every operation of every product, over stores of its own, and
compares each answer with the document. Prints the rate, the statuses of each operation, and of each failure what to
send it again with.

  pnpm fuzz                 20,000 requests
  pnpm fuzz --nightly       100,000 requests, and every forged token on every route
  pnpm fuzz --requests N    as many as you like
  pnpm fuzz --seed N        the same requests as in an earlier run with this seed
  pnpm fuzz --help          this text
`;

const { nightly, requests, seed } = readArguments(help, {
  options: { nightly: { type: "boolean" }, requests: { type: "string" }, seed: { type: "string" } },
}).values;

const folder = "packages/test-kit/src/blackbox";
const files = [`${folder}/fuzz.test.ts`, ...(nightly ? [`${folder}/attacks-tokens.test.ts`] : [])];
const child = spawn(
  process.execPath,
  [join(import.meta.dirname, "../node_modules/vitest/vitest.mjs"), "run", "--project", "stores", ...files],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      FUZZ_REQUESTS: requests ?? (nightly ? "100000" : "20000"),
      FUZZ_SEED: seed ?? String(Math.floor(Math.random() * 2 ** 31)),
      ...(nightly && { NIGHTLY: "1" }),
    },
  },
);
// Ctrl-C reaches the child too, which then stops its servers; wait for it.
process.on("SIGINT", () => {});
process.exitCode = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 1)));
