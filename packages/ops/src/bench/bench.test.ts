import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { workspaceRoot } from "../dev/workspace.ts";

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [path.join(workspaceRoot, "scripts/bench.ts"), ...args], {
    cwd: workspaceRoot,
  });

const all = ["health", "listing", "listings", "board", "tasks", "write"];
/** At night all: each keeps both cores busy for a second. */
const asked = process.env.NIGHTLY === "1" ? all : ["board", "write"];

// One process for all routes, and no figure is judged: a test is no place for a clock.
it("pnpm bench finds the same answers in both servers, and compares them", async () => {
  const few = ["--rounds", "1", "--seconds", "0.3", "--warm", "0.1", "--starts", "1", "--json"];
  const { stdout } = await run(...few, ...(asked.length < all.length ? ["--routes", ...asked] : []));
  const figures = JSON.parse(stdout);
  expect(figures.routes.map(({ name }: { name: string }) => name)).toEqual(asked);
  for (const { api, floor, rate_ratio } of figures.routes) {
    expect(Math.min(api.rate, floor.rate, api.p99_ms, floor.p99_ms)).toBeGreaterThan(0);
    expect(rate_ratio.median).toBeGreaterThan(0);
  }
  expect(figures.floor_driver).toBe("repaired");
  expect(figures.first_answer.api_ms).toBeGreaterThan(figures.first_answer.bare_ms);
}, 120_000);

it("pnpm bench knows its routes", async () => {
  await expect(run("--routes", "nothing", "--starts", "0")).rejects.toMatchObject({
    stderr: expect.stringContaining(all.join(", ")),
  });
}, 120_000);
