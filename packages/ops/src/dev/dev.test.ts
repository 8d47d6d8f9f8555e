import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { bestays, products, publishableKeyOf, realestate } from "@whitelabel/shared-config";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../cli/run-here.ts";
import { coreCheckCommand } from "../core/commands.ts";
import { devTokenCommand } from "../dev-token/command.ts";
import { removeData } from "../embedded-postgres/place.ts";
import { childrenOf, send, waitUntil } from "../embedded-postgres/processes.ts";
import { findFreePort, isPortFree } from "../process/ports.ts";
import { devCommand } from "./dev-command.ts";
import type { DevState } from "./state.ts";

const root = path.resolve(import.meta.dirname, "../../../..");
const data = mkdtempSync(path.join(os.tmpdir(), "whitelabel dev "));
chmodSync(data, 0o755);

type Vars = Record<string, string | undefined>;
const env: Vars = { PATH: process.env.PATH, HOME: process.env.HOME, WHITELABEL_DATA: data, NO_COLOR: "1" };
const running = new Set<ChildProcess>();

beforeAll(async () => {
  for (const { id } of products) {
    env[`${id.toUpperCase()}_PORT`] = String(await findFreePort());
    env[`${id.toUpperCase()}_METRICS_PORT`] = String(await findFreePort());
  }
});
afterAll(async () => {
  for (const child of running) child.kill("SIGTERM");
  await Promise.all([...running].map((child) => once(child, "exit")));
  removeData(path.join(data, "postgres"));
  rmSync(data, { recursive: true, force: true });
});

const apiUrl = (id: string) => `http://localhost:${env[`${id.toUpperCase()}_PORT`]}`;
const isReady = (id: string) =>
  fetch(`${apiUrl(id)}/api/health/ready`).then(
    ({ status }) => status === 200,
    () => false,
  );
const apiPids = () => state().children?.map(({ pid }) => pid) ?? [];
// Saved with the bytes it has, and never empty meanwhile: other tests read it at the same time.
const source = "packages/shared-config/src/products/bestays.ts";
const file = path.join(root, source);
const writeInPlace = () => writeFileSync(file, readFileSync(file), { flag: "r+" });
const replace = () => {
  writeFileSync(`${file}~`, readFileSync(file));
  renameSync(`${file}~`, file);
};
/** Twice, for a rename takes away the file that is watched; `watch-sources.test.ts` has more of them. */
const saves = process.env.NIGHTLY === "1" ? [replace, replace, replace, writeInPlace] : [replace, replace];
const state = () => JSON.parse(readFileSync(path.join(data, "dev.json"), "utf8")) as DevState;

describe("pnpm dev", () => {
  let dev: ReturnType<typeof start>;
  let signed: string;

  it("starts every product from nothing and ends with a table of what a developer needs", async () => {
    dev = start("dev.ts", []);
    await dev.says("Passwords: ");
    for (const product of products) {
      const { status, body } = await get(`${apiUrl(product.id)}/api/health/ready`);
      expect([status, body.status, body.product]).toEqual([200, "ok", product.id]);
      expect(dev.stdout()).toContain(`${apiUrl(product.id)}/api/docs`);
      expect(dev.stdout()).toContain(`pnpm dev:token ${product.id} agent`);
      expect(dev.stdout()).toMatch(new RegExp(`postgres://${product.runtimeRole}@127.0.0.1:\\d+/${product.id}_db_dev`));
    }
  }, 120_000);

  it("shows no password and keeps all secrets for their owner only", () => {
    const secrets = products.flatMap(({ id }) => Object.values(passwordsIn(state().products[id])));
    expect(secrets).toHaveLength(products.length * 3);
    for (const secret of secrets) expect(dev.output()).not.toContain(secret);
    for (const file of ["dev.json", "passwords.json", "postgres.password", "keys/bestays.json"]) {
      expect(statSync(path.join(data, file)).mode & 0o077, file).toBe(0);
    }
  });

  it("serves today's arrivals to the agent whose token dev:token prints, and to no other product's", async () => {
    const { stdout, code } = await runHere(devTokenCommand(), [bestays.id, "agent"], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/); // nothing but the token, for $(…)
    signed = stdout.trim();

    const route = "/api/v1/front-desk/branches";
    const own = await get(apiUrl(bestays.id) + route, signed);
    expect([own.status, JSON.stringify(own.body)]).toEqual([200, expect.stringContaining("BKK-01")]);
    expect((await get(apiUrl(realestate.id) + route, signed)).status).toBe(401);
  });

  it("shows what the README promises, by its own lines", async () => {
    const section = /^## Look at a booking board$(.*?)^## /ms.exec(readFileSync(path.join(root, "README.md"), "utf8"));
    const blocks = [...(section?.[1] ?? "").matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines]) => lines);
    expect(blocks).toHaveLength(2);
    const ports = new Map(products.map(({ id, port }) => [`${port}`, env[`${id.toUpperCase()}_PORT`]]));
    const script = blocks.join("\n").replace(/(?<=localhost:)\d+/g, (port) => ports.get(port) ?? port);
    const alias = 'pnpm() { npx --yes pnpm@12.21.0 "$@"; }\n';
    // As in a second terminal: a package manager puts folders in front that a reader's PATH does not have.
    const PATH = env.PATH?.split(":").filter((folder) => !folder.includes("node_modules"));
    const terminal = { ...env, PATH: PATH?.join(":") };
    const { stdout } = await promisify(execFile)("bash", ["-ec", alias + script], { cwd: root, env: terminal });
    expect(stdout).toMatch(/"property_id":"BKK-01"/);
    expect(stdout).toMatch(/"guest_name":"[^"]+"/);
    expect(stdout).toMatch(/"title":"[^"]*\p{Script=Thai}/u);
  }, 60_000);

  it("lets core:check find a core that is as it should be", async () => {
    const { code, stdout } = await runHere(coreCheckCommand(), ["--all", "--json"], env);
    expect(JSON.parse(stdout)).toEqual(
      products.map(({ id }) => ({ product: id, differences: [], problems: [], warnings: [] })),
    );
    expect(code).toBe(0);
  });

  it("outlives an API that dies, and starts it again at the next save and no sooner", async () => {
    const before = apiPids();
    for (const pid of before) send(pid, "SIGKILL");
    await dev.says("The API has ended (SIGKILL). It starts again when a source is saved.", products.length);
    await sleep(1_000);
    expect(await isReady(bestays.id)).toBe(false);

    writeInPlace();
    for (const { id } of products) await expect.poll(() => isReady(id), { timeout: 30_000 }).toBe(true);
    expect(apiPids()).toHaveLength(products.length);
  }, 60_000);

  it("refuses to run twice, and says how to stop the first", async () => {
    const { code, stderr } = await runDevHere([]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/already runs for this workspace \(process \d+\)/);
    expect(stderr).toContain(`kill ${dev.pid}`);
  });

  it("stops everything within seconds of Ctrl-C", async () => {
    const descendants = treeOf(dev.pid);
    expect(descendants.length).toBeGreaterThan(5);
    const before = performance.now();
    dev.kill("SIGINT");
    expect(await dev.exit).toBe(0);
    expect(performance.now() - before).toBeLessThan(8_000);
    // A process that lost its parent stays in the table until the machine's init takes note of its end.
    await expect.poll(() => descendants.filter((pid) => send(pid, 0)), { timeout: 5_000 }).toEqual([]);
    expect(existsSync(path.join(data, "dev.lock"))).toBe(false);
  });

  it("starts again quickly, one product alone, with the data and the keys of before", async () => {
    const before = performance.now();
    dev = start("dev.ts", ["--product", "bestays"]);
    await dev.says("Passwords: ");
    expect(performance.now() - before).toBeLessThan(20_000); // usually 3 s; a busy machine is no fault
    expect(dev.output()).toContain("Bestays: schema up to date, seeds in place");
    expect(await isPortFree(Number(env.REALESTATE_PORT))).toBe(true);
    expect((await get(`${apiUrl(bestays.id)}/api/v1/users/me`, signed)).status).toBe(200);
    // Asked anew: where its usual port is taken, PostgreSQL gets another one at each start.
    await run(state().products.bestays?.migration_database_url ?? "", "create table kept as select 1 as n");
  }, 60_000);

  it("reloads each time a source is replaced by rename or written in place", async () => {
    for (const [index, save] of saves.entries()) {
      const before = apiPids();
      save();
      await dev.says(`│ ${source} changed: starting again`, index + 1);
      await expect.poll(() => apiPids().filter((pid) => before.includes(pid)), { timeout: 10_000 }).toEqual([]);
      await expect.poll(() => isReady(bestays.id), { timeout: 30_000 }).toBe(true);
    }
  }, 120_000);

  it("recovers after everything was killed at once, guards included", async () => {
    const all = [dev.pid, ...treeOf(dev.pid)];
    for (const pid of all) send(pid, "SIGKILL");
    await dev.exit;

    dev = start("dev.ts", ["--product", "bestays"]);
    await dev.says("Passwords: ");
    expect(await run(state().products.bestays?.migration_database_url ?? "", "select n from kept")).toEqual([{ n: 1 }]);
  }, 60_000);

  it("takes its parts along when only the launcher is killed, and the next start waits for them", async () => {
    const descendants = treeOf(dev.pid);
    dev.kill("SIGKILL");
    await dev.exit;
    dev = start("dev.ts", ["--product", "bestays"]);
    await dev.says("Passwords: ");
    expect(await waitUntil(() => descendants.every((pid) => !send(pid, 0)), 10_000)).toBe(true);
  }, 60_000);

  it("ends by itself, with the reason, when PostgreSQL is gone", async () => {
    const pid = Number(readFileSync(path.join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
    send(pid, "SIGKILL");
    expect(await dev.exit).toBe(1);
    expect(dev.stderr()).toContain("PostgreSQL has ended.");
  }, 30_000);

  it("says which API died while it started, with its last lines, and stops the rest", async () => {
    dev = start("dev.ts", ["--product", "bestays"], { BESTAYS_NODE_OPTIONS: "--no-such-option" });
    expect(await dev.exit).toBe(1);
    expect(dev.stderr()).toMatch(/The API of Bestays ended while it started\. Its last lines:\n.*no-such-option/s);
    expect(await isPortFree(Number(env.BESTAYS_PORT))).toBe(true);
  }, 60_000);

  it("deletes the data only when told so twice", async () => {
    expect(await runDevHere(["--reset"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Add --yes"),
    });
    expect(existsSync(path.join(data, "postgres", "PG_VERSION"))).toBe(true);
  });
});

describe("before anything is started, pnpm dev refuses", () => {
  it("a taken port, naming it and how to find what holds it", async () => {
    const holder = createServer().listen(Number(env.BESTAYS_PORT), "0.0.0.0");
    await once(holder, "listening");
    const { code, stderr } = await finish("dev.ts", []);
    holder.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${env.BESTAYS_PORT} (the API of Bestays) is taken`);
    expect(stderr).toContain(`lsof -i :${env.BESTAYS_PORT}`);
  });

  it.each<[string, string[], Vars, RegExp]>([
    ["an unknown product", ["--product", "no-such-product"], {}, /no product "no-such-product"/],
    [
      "one Clerk project for two products",
      [],
      { REALESTATE_CLERK_PUBLISHABLE_KEY: publishableKeyOf(bestays.clerkInstances.development ?? "") },
      /the same Clerk project/,
    ],
    ["a deployment", [], { REALESTATE_ENVIRONMENT: "staging" }, /`pnpm dev` is refused in staging/],
    [
      "a migrator's URL alone",
      [],
      { BESTAYS_MIGRATION_DATABASE_URL: "postgres://nobody:hunter2@127.0.0.1:1/bestays_db_dev" },
      /BESTAYS_MIGRATION_DATABASE_URL is set and BESTAYS_DATABASE_URL is not/,
    ],
    [
      "an own database that cannot be opened, by its variable",
      [],
      { BESTAYS_DATABASE_URL: "postgres://nobody:hunter2@127.0.0.1:1/bestays_db_dev" },
      /✗ BESTAYS_DATABASE_URL: .*ECONNREFUSED/,
    ],
    ["a file for a data folder", [], { WHITELABEL_DATA: import.meta.filename }, /dev\.test\.ts cannot be made: a file/],
    [
      "wrong variables, all at once and without their values",
      [],
      { BESTAYS_DATABASE_URL: "hunter2", BESTAYS_APP_SECRET: "hunter2" },
      /BESTAYS_DATABASE_URL.*BESTAYS_APP_SECRET/s,
    ],
  ])("%s", async (_, args, more, message) => {
    const { code, stdout, stderr } = await runDevHere(args, more);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stdout + stderr).not.toContain("hunter2");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(path.join(data, "postgres", "postmaster.pid"))).toBe(false);
  });
});

describe("pnpm dev:token refuses", () => {
  it.each<[string, string[], Vars, RegExp]>([
    ["production", ["bestays", "agent"], { ENVIRONMENT: "production" }, /refused in production/],
    ["staging, for the product too", ["bestays", "agent"], { BESTAYS_ENVIRONMENT: "staging" }, /refused in staging/],
    ["a role nobody has", ["bestays", "chef"], {}, /no seeded user with the role "chef"/],
    ["a foreign address", ["bestays", "agent", "--email", "a@b.c"], {}, /agent2\.dev@bestays\.app/],
    ["a strange time", ["bestays", "agent", "--ttl", "never"], {}, /no time for a token/],
    ["without a key", ["bestays", "agent"], { WHITELABEL_DATA: "/nonexistent" }, /Run `pnpm dev` first/],
  ])("%s", async (_, args, more, message) => {
    const { code, stdout, stderr } = await runHere(devTokenCommand(), args, { ...env, ...more });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(message);
  });
});

/** A command as its user would run it; `says` waits for words of its output. */
function start(script: string, args: string[], more: Vars = {}) {
  const child = spawn(process.execPath, [path.join(root, "scripts", script), ...args], {
    cwd: root,
    env: { ...env, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const out = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].on("data", (bytes) => {
      out[stream] += bytes;
    });
  }
  const exit = once(child, "close").then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return {
    pid: child.pid as number,
    exit,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    stdout: () => out.stdout,
    stderr: () => out.stderr,
    output: () => out.stdout + out.stderr,
    async says(words: string, times = 1) {
      const isSaid = () => (out.stdout + out.stderr).split(words).length > times;
      await waitUntil(() => isSaid() || child.exitCode !== null, 110_000);
      if (!isSaid()) throw new Error(`It did not say "${words}":\n${out.stdout}${out.stderr}`);
    },
  };
}

/** What refuses to start, in this process; the handlers of signals that it leaves would keep the test's from ending. */
async function runDevHere(args: string[], more: Vars = {}) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = signals.map((signal) => process.listeners(signal));
  try {
    return await runHere(devCommand(), args, { ...env, ...more });
  } finally {
    for (const [index, signal] of signals.entries())
      for (const one of process.listeners(signal)) if (!before[index]?.includes(one)) process.off(signal, one);
  }
}

async function finish(script: string, args: string[], more: Vars = {}) {
  const command = start(script, args, more);
  const code = await command.exit;
  return { code, stdout: command.stdout(), stderr: command.stderr() };
}

function treeOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...treeOf(child)]);
}

async function get(url: string, token?: string) {
  const response = await fetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function passwordsIn(dev: DevState["products"][string] | undefined): string[] {
  const urls = [dev?.database_url, dev?.migration_database_url, dev?.core_database_url_ro];
  return urls.map((url) => new URL(url ?? "").password);
}

async function run(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}
