import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const module = fileURLToPath(new URL("tune-memory.ts", import.meta.url));

/** MB that are among the old objects of a process at most, from its `look()`s on; it is tuned by `tuneMemory()`. */
async function oldAtMost(work: string): Promise<number> {
  const script = `
    import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
    import { runInNewContext } from "node:vm";
    import { tuneMemory } from ${JSON.stringify(module)};
    let most = 0;
    const old = () =>
      getHeapSpaceStatistics().find((space) => space.space_name === "old_space").space_used_size / 1e6;
    const look = () => {
      most = Math.max(most, old());
    };
    const collect = () => {
      setFlagsFromString("--expose-gc");
      runInNewContext("gc")();
    };
    ${work}
    console.log(most);`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script]);
  return Number(stdout);
}

describe("the memory of a process", { timeout: 30_000 }, () => {
  it("has its garbage among the young objects after a burst of which all lived on", async () => {
    const most = await oldAtMost(`
      tuneMemory();
      const row = (id) => ({ id, names: [id, id], more: { id } });
      let kept = [];
      for (let burst = 0; burst < 40; burst += 1) {
        kept = [];
        for (let n = 0; n < 50_000; n += 1) kept.push(row(n));
      }
      kept = [];
      collect();
      const before = old();
      let sum = 0;
      for (let n = 0; n < 10_000_000; n += 1) {
        sum += row(n).more.id;
        if (n % 10_000 === 0) look();
      }
      most -= before;`);
    expect(most).toBeLessThan(20);
  });

  const living = `
    const living = [];
    for (let n = 0; n < 3_000; n += 1) {
      living[n % 100] = Array.from({ length: 5_000 }, (_, i) => ({ n, i }));
      look();
    }`;

  it("holds less than four times what lives in it", async () => {
    const lives = await oldAtMost(`${living} collect(); most = old(); living.length = 0;`);
    expect(await oldAtMost(`tuneMemory(); ${living}`)).toBeLessThan(4 * lives); // untuned it is nearly six
  });

  it("is rid of what its start left behind", async () => {
    const left = await oldAtMost(`${living} living.length = 0; tuneMemory(); most = old();`);
    expect(left).toBeLessThan(10);
  });
});

/** MB that each half of the young objects may take: at most, after such a collection as a quiet time brings, and later. */
async function youngMb(): Promise<Record<"most" | "quiet" | "again", number>> {
  const script = `
    import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
    import { setTimeout as sleep } from "node:timers/promises";
    import { runInNewContext } from "node:vm";
    import { holdYoungObjects } from ${JSON.stringify(module)};
    const young = () => {
      const { space_used_size, space_available_size } =
        getHeapSpaceStatistics().find((space) => space.space_name === "new_space");
      return (space_used_size + space_available_size) / 2 ** 20;
    };
    let most = 0;
    const work = async (turns) => {
      const living = [];
      for (let n = 0; n < turns; n += 1) {
        living[n % 200] = Array.from({ length: 1_000 }, (_, i) => ({ n, i }));
        most = Math.max(most, young());
        await sleep(1);
      }
    };
    holdYoungObjects();
    await work(2_500);
    setFlagsFromString("--expose-gc");
    runInNewContext("gc")({ type: "major", flavor: "last-resort" });
    const quiet = young();
    await work(1_500);
    console.log(JSON.stringify({ most, quiet, again: young() }));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script]);
  return JSON.parse(stdout);
}

it("holds the young objects to what was set for them, and lets them have that again after a quiet time", async () => {
  const { most, quiet, again } = await youngMb();
  expect(most).toBeLessThan(17); // V8 itself goes to 32
  expect(quiet).toBeLessThan(10);
  expect(again).toBeGreaterThan(12);
}, 30_000);

it("keeps process.nextTick quick though nothing is queued at a full collection", async () => {
  const script = `
    import { setFlagsFromString } from "node:v8";
    import { setTimeout as sleep, setImmediate } from "node:timers/promises";
    import { runInNewContext } from "node:vm";
    import { keepShapeOfQueuedCalls } from ${JSON.stringify(module)};
    setFlagsFromString("--expose-gc");
    setFlagsFromString("--allow-natives-syntax");
    const queue = async (times) => {
      for (let n = 0; n < times; n += 1) {
        process.nextTick(() => {});
        if (n % 10 === 0) await setImmediate();
      }
    };
    await queue(100);
    await keepShapeOfQueuedCalls();
    await sleep(50);
    runInNewContext("gc")();
    await queue(20_000);
    const waysToStore = new Function("code", "return %GetFeedback(code)")(process.nextTick)
      .filter(([operation]) => operation.startsWith("DefineKeyedOwn"))
      .map(([, how]) => how.split("\\n")[0]);
    console.log(JSON.stringify(waysToStore));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script]);
  expect(new Set(JSON.parse(stdout))).toEqual(new Set(["MONOMORPHIC"])); // otherwise MEGAMORPHIC
}, 30_000);
