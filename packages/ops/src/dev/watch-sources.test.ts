import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { watchSources } from "./watch-sources.ts";

const root = mkdtempSync(path.join(os.tmpdir(), "watch-"));
const file = (name: string) => path.join(root, name);
mkdirSync(file("deep/er"), { recursive: true });
for (const name of ["a.ts", "deep/er/b.ts", "a.test.ts"]) writeFileSync(file(name), "1");

const changes: string[][] = [];
const sources = watchSources([root], (files) => changes.push(files.map((name) => path.relative(root, name))));
afterAll(() => {
  sources.close();
  rmSync(root, { recursive: true });
});
beforeEach(() => {
  changes.length = 0;
});

describe("the watched sources", () => {
  it("are told each time one is replaced by rename, and when it is then written in place", async () => {
    for (const round of [1, 2, 3, 4]) {
      writeFileSync(file("deep/er/b.ts~"), `${round}`);
      renameSync(file("deep/er/b.ts~"), file("deep/er/b.ts"));
      await expect.poll(() => changes, { timeout: 5_000 }).toHaveLength(round);
    }
    writeFileSync(file("deep/er/b.ts"), "in place");
    await expect.poll(() => changes, { timeout: 5_000 }).toEqual(Array(5).fill(["deep/er/b.ts"]));
  });

  it("are told once for many files at a time", async () => {
    for (const name of ["a.ts", "deep/er/b.ts"]) writeFileSync(file(name), "2");
    await expect.poll(() => changes, { timeout: 5_000 }).toEqual([["a.ts", "deep/er/b.ts"]]);
  });

  it("include those of a folder that is new, or removed and made again", async () => {
    for (const _ of [1, 2]) {
      changes.length = 0;
      rmSync(file("new"), { recursive: true, force: true });
      mkdirSync(file("new/er"), { recursive: true });
      writeFileSync(file("new/er/c.ts"), "1");
      await expect.poll(() => changes.flat(), { timeout: 5_000 }).toContain("new/er/c.ts");
      changes.length = 0;
      writeFileSync(file("new/er/c.ts"), "2");
      await expect.poll(() => changes.flat(), { timeout: 5_000 }).toContain("new/er/c.ts");
    }
  });

  it("are neither tests nor what an editor keeps beside them", async () => {
    for (const name of ["a.test.ts", ".#a.ts", "a.ts~", "4913", "notes.md"]) writeFileSync(file(name), "3");
    await sleep(500);
    expect(changes).toEqual([]);
  });
});
