import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const module = fileURLToPath(new URL("tune-memory.ts", import.meta.url));

/** MB that are among the old objects at most, while a process of its own does `work`. */
async function oldAtMost(work: string): Promise<number> {
  const script = `
    import { getHeapSpaceStatistics } from "node:v8";
    import { tuneMemory } from ${JSON.stringify(module)};
    tuneMemory();
    let most = 0;
    const look = () => {
      const old = getHeapSpaceStatistics().find((space) => space.space_name === "old_space");
      most = Math.max(most, old.space_used_size / 1e6);
    };
    ${work}
    console.log(most);`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script]);
  return Number(stdout);
}

describe("the memory of a process", { timeout: 30_000 }, () => {
  it("has its garbage among the young objects after a burst of which all lived on", async () => {
    const most = await oldAtMost(`
      const row = (id) => ({ id, names: [id, id], more: { id } });
      let kept = [];
      for (let burst = 0; burst < 40; burst += 1) {
        kept = [];
        for (let n = 0; n < 50_000; n += 1) kept.push(row(n));
      }
      kept = [];
      look();
      const before = most;
      let sum = 0;
      for (let n = 0; n < 10_000_000; n += 1) {
        sum += row(n).more.id;
        if (n % 10_000 === 0) look();
      }
      most -= before;`);
    expect(most).toBeLessThan(20);
  });

  it("is not twice what lives in it", async () => {
    const most = await oldAtMost(`
      const living = [];
      for (let n = 0; n < 3_000; n += 1) {
        living[n % 100] = Array.from({ length: 5_000 }, (_, i) => ({ n, i }));
        look();
      }`);
    expect(most).toBeLessThan(120); // 50 MB live; untuned it is 150
  });
});
