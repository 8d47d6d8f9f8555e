import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

function run(...args: string[]) {
  // A variable of the outer vitest's would tell the inner one that it is a worker.
  const { PATH, HOME } = process.env;
  const command = [join(import.meta.dirname, "test.ts"), ...args];
  const { status, stdout } = spawnSync(process.execPath, command, { env: { PATH, HOME }, encoding: "utf8" });
  return { status, lines: stdout.trim().split("\n") };
}

it("ends with counts, says about Docker, and exits 0 when all tests under a path pass", () => {
  const { status, lines } = run("scripts/check-arrows");
  expect(lines.at(-1)).toMatch(/^\d+ passed, 0 failed, 0 skipped$/);
  expect(lines.at(-2)).toMatch(
    /^Docker: (reachable, 0 container suites ran|not reachable \(.+\), 0 container suites skipped)$/,
  );
  expect(status).toBe(0);
});

it("fails when no test was found, so that a mistyped path is no success", () => {
  const { status, lines } = run("no/such/path");
  expect(lines.at(-1)).toBe("0 passed, 1 failed, 0 skipped");
  expect(status).toBe(1);
});

it("explains itself", () => {
  const { status, lines } = run("--help");
  expect(lines.join("\n")).toContain("pnpm test packages/shared-db");
  expect(status).toBe(0);
});
