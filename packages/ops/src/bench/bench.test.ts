import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { workspaceRoot } from "../dev/workspace.ts";

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [path.join(workspaceRoot, "scripts/bench.ts"), ...args], {
    cwd: workspaceRoot,
  });

// One process for all routes, and no figure is judged: a test is no place for a clock.
it("pnpm bench finds the same answers in both servers, and compares them", async () => {
  const { stdout } = await run("--rounds", "1", "--seconds", "0.3", "--warm", "0.1", "--starts", "1", "--json");
  const figures = JSON.parse(stdout);
  const all = ["health", "listing", "listings", "board", "tasks", "write"];
  expect(figures.routes.map(({ name }: { name: string }) => name)).toEqual(all);
  for (const { api, floor, rate_ratio } of figures.routes) {
    expect(Math.min(api.rate, floor.rate, api.p99_ms, floor.p99_ms)).toBeGreaterThan(0);
    expect(rate_ratio.median).toBeGreaterThan(0);
  }
  expect(figures.first_answer.api_ms).toBeGreaterThan(figures.first_answer.bare_ms);
}, 120_000);

it("pnpm bench knows its routes", async () => {
  await expect(run("--routes", "nothing", "--starts", "0")).rejects.toMatchObject({
    stderr: expect.stringContaining("health, listing, listings, board, tasks, write"),
  });
}, 120_000);
