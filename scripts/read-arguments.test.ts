import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

describe.each(["check", "env-example", "data-dictionary", "build"])("scripts/%s.ts", (name) => {
  it.each([
    ["explains itself and does nothing else", "--help", 0, /^(pnpm|node) .*\n\n[A-Z].*\n$/],
    ["refuses an option that it does not know", "--nope", 1, /^✗ Unknown option '--nope'/],
  ])("%s", (_, option, code, said) => {
    const cwd = mkdtempSync(join(tmpdir(), "whitelabel-script-"));
    const script = join(import.meta.dirname, `${name}.ts`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, option], { cwd, encoding: "utf8" });
    expect(status).toBe(code);
    expect(stdout + stderr).toMatch(said);
    expect(readdirSync(cwd)).toEqual([]);
    rmSync(cwd, { recursive: true });
  });
});
