import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";

const module = JSON.stringify(path.join(import.meta.dirname, "ancestors.ts"));
const program = `const { watchPackageManager } = await import(${module});
  setTimeout(() => {}, 20_000);
  watchPackageManager(() => { console.log("gone"); process.exit(); });
  console.log(process.pid);`;

/** A shell under the name of `argv0` that starts a program which watches. */
function startUnder(argv0: string) {
  const shell = spawn("/bin/sh", ["-c", '"$NODE" --input-type=module -e "$PROGRAM"; true'], {
    argv0,
    env: { ...process.env, NODE: process.execPath, PROGRAM: program },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const words = shell.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
  return { shell, next: async () => String((await words.next()).value).trim() };
}

it("a program notices that the package manager above it was killed", async () => {
  const { shell, next } = startUnder("pnpm");
  expect(await next()).toMatch(/^\d+$/);
  shell.kill("SIGKILL");
  expect(await next()).toBe("gone");
});

it("a shell without a package manager may end first, as after `pnpm dev &`", async () => {
  const { shell, next } = startUnder("sh");
  const pid = Number(await next());
  shell.kill("SIGKILL");
  const word = await Promise.race([next(), sleep(1_500, "still there")]);
  process.kill(pid, "SIGKILL");
  expect(word).toBe("still there");
});
