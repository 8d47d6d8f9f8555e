import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, "test-nightly.ts"), ...args], { encoding: "utf8" });

it("says what it would run: scripts that there are", () => {
  const { status, stdout } = run("--list");
  const scripts = [...stdout.matchAll(/: ([\w-]+\.ts)/g)].map(([, script = ""]) => script);
  expect(scripts).toEqual(expect.arrayContaining(["check.ts", "test.ts", "fuzz.ts", "bench-streams.ts"]));
  for (const script of scripts) expect([script, existsSync(join(import.meta.dirname, script))]).toEqual([script, true]);
  expect(status).toBe(0);
});

it("explains itself, and knows no other option", () => {
  expect(run("--help").stdout).toContain("docs/testing.md");
  expect(run("--lits").status).not.toBe(0);
});
