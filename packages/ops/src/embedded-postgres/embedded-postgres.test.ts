import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandOf } from "../process/identity.ts";
import { findFreePort } from "../process/ports.ts";
import { canEnter, serverAccount } from "./account.ts";
import { makeFolder, removeData } from "./place.ts";
import { waitUntil } from "./processes.ts";
import { type Server, startPostgres, startThrowawayPostgres } from "./start-postgres.ts";

const isRoot = process.getuid?.() === 0;
const base = mkdtempSync(path.join(os.tmpdir(), "embedded postgres "));
chmodSync(base, 0o755);
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("a server over a data folder", () => {
  const dataDir = path.join(base, "a path with spaces", "postgres");
  let server: Server;
  beforeAll(async () => {
    server = await startPostgres({ dataDir });
  });
  afterAll(async () => {
    await server.stop();
    removeData(dataDir);
  });

  it("answers on the loopback address only, in UTF-8 and UTC, with passwords", async () => {
    const [row] = await query(
      server.superuserUrl,
      `select current_setting('listen_addresses') addresses, current_setting('unix_socket_directories') sockets,
        current_setting('server_encoding') encoding, current_setting('TimeZone') zone, current_setting('fsync') fsync,
        (select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256') open_doors`,
    );
    expect(row).toEqual({
      addresses: "127.0.0.1",
      sockets: "",
      encoding: "UTF8",
      zone: "UTC",
      fsync: "on",
      open_doors: 0,
    });
    await expect(query(server.url("postgres", "wrong", "postgres"), "select 1")).rejects.toThrow(/password/);
  });

  it("knows the letters of every script, for text search", async () => {
    const [row] = await query(server.superuserUrl, `select to_tsvector('simple', 'ВИЛЛА ไทย')::text words`);
    expect(row?.words).toContain("вилла");
  });

  it("keeps the superuser's password for its owner only", () => {
    expect(statSync(`${dataDir}.password`).mode & 0o777).toBe(0o600);
    expect(server.superuserUrl).toContain(readFileSync(`${dataDir}.password`, "utf8"));
  });

  it("keeps what was committed when every process is killed, with a stale pid file left behind", async () => {
    await query(server.superuserUrl, "create table kept as select 1 as n");
    await server.kill();
    await server.stop();
    // The number now belongs to another process: PostgreSQL alone would refuse to start.
    const pidFile = path.join(dataDir, "postmaster.pid");
    writeFileSync(pidFile, readFileSync(pidFile, "utf8").replace(/^\d+/, String(process.pid)));

    server = await startPostgres({ dataDir });
    expect(await query(server.superuserUrl, "select n from kept")).toEqual([{ n: 1 }]);
  });

  it("hangs while it is frozen and goes on when it is thawed", async () => {
    const sql = postgres(server.superuserUrl, { max: 1 });
    await sql`select 1`;
    server.freeze();
    const answer = sql`select 2 as n`.execute();
    expect(await Promise.race([answer, sleep(150, "no answer")])).toBe("no answer");
    server.thaw();
    expect([...(await answer)]).toEqual([{ n: 2 }]);
    await sql.end();
  });

  it("stops at once even when it is frozen", async () => {
    server.freeze();
    const before = performance.now();
    await server.stop();
    expect(performance.now() - before).toBeLessThan(3_000);
    await server.restart();
  });

  it("refuses a second server over the same folder while the first one's launcher lives", async () => {
    const launcher = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const { identify } = await import("../process/identity.ts");
    writeFileSync(`${dataDir}.run`, JSON.stringify(identify(launcher.pid ?? 0)));
    await expect(startPostgres({ dataDir })).rejects.toThrow(/already runs in .*started by process/);
    launcher.kill("SIGKILL");
    await once(launcher, "exit");
  });

  it("stops a server that its killed launcher left behind, and starts its own", async () => {
    const orphan = server;
    // On the port of before, which the leftover holds until then.
    server = await startPostgres({ dataDir, preferredPort: orphan.port });
    expect(server.port).toBe(orphan.port);
    expect(commandOf(orphan.pid)).toBe("");
    expect(await query(server.superuserUrl, "select 1 as n")).toEqual([{ n: 1 }]);
  });
});

describe("a launcher that is killed", () => {
  it("takes the server and its throwaway data with it", async () => {
    const module = JSON.stringify(path.join(import.meta.dirname, "start-postgres.ts"));
    const code = `const { startThrowawayPostgres } = await import(${module});
      const server = await startThrowawayPostgres();
      console.log(JSON.stringify({ pid: server.pid, dataDir: server.dataDir }));`;
    const launcher = spawn(process.execPath, ["--input-type=module", "-e", code], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(launcher.stdout, "data");
    const { pid, dataDir } = JSON.parse(String(line)) as { pid: number; dataDir: string };
    expect(commandOf(pid)).toContain("postgres");

    launcher.kill("SIGKILL");
    expect(await waitUntil(() => commandOf(pid) === "", 5_000)).toBe(true);
    expect(await waitUntil(() => !statSync(dataDir, { throwIfNoEntry: false }), 5_000)).toBe(true);
  });
});

describe("a folder that will not do", () => {
  it("of another PostgreSQL version is refused with what to do, and left alone", async () => {
    const dataDir = path.join(base, "old");
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, "PG_VERSION"), "16\n");
    const refusal = await startPostgres({ dataDir }).catch((error) => error);
    expect(refusal.message).toContain(dataDir);
    expect(refusal.message).toContain("PostgreSQL 16");
    expect(refusal.next).toContain("pnpm dev --reset");
    expect(readFileSync(path.join(dataDir, "PG_VERSION"), "utf8")).toBe("16\n");
  });

  it("with an empty PG_VERSION is called incomplete, not another version's", async () => {
    const dataDir = path.join(base, "incomplete");
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, "PG_VERSION"), "");
    const refusal = await startPostgres({ dataDir }).catch((error) => error);
    expect(refusal.message).toContain(`${dataDir} is incomplete`);
    expect(refusal.message).not.toContain("was written by");
    expect(refusal.next).toContain("pnpm dev --reset");
  });

  it("that holds something else is refused and left alone", async () => {
    const dataDir = path.join(base, "foreign");
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, "thesis.txt"), "years of work");
    await expect(startPostgres({ dataDir })).rejects.toThrow(/is not empty and holds no PostgreSQL data/);
    expect(readFileSync(path.join(dataDir, "thesis.txt"), "utf8")).toBe("years of work");
  });

  it("on a read-only disk is named", async () => {
    // Root may write anywhere but where the system itself refuses.
    const closed = isRoot ? "/sys" : path.join(base, "closed");
    if (!isRoot) mkdirSync(closed, { mode: 0o555 });
    await expect(startPostgres({ dataDir: path.join(closed, "data", "postgres") })).rejects.toThrow(
      new RegExp(`${closed}/data cannot be made: .* \\(E`),
    );
  });

  it("that is there and cannot be written to is named, with the reason", () => {
    const closed = isRoot ? "/sys" : path.join(base, "closed to writing");
    if (!isRoot) mkdirSync(closed, { mode: 0o555 });
    expect(() => makeFolder(closed)).toThrow(
      new RegExp(`^The folder ${closed} cannot be written to: .* \\(E\\w+\\)\\.$`),
    );
  });

  it("that is a file, or under one, is named as such", () => {
    const file = path.join(base, "a file");
    writeFileSync(file, "");
    expect(() => makeFolder(file)).toThrow(`The folder ${file} cannot be made: a file is in its place (EEXIST).`);
    const under = path.join(file, "data");
    expect(() => makeFolder(under)).toThrow(`The folder ${under} cannot be made: a file is in its way (ENOTDIR).`);
  });

  it.runIf(isRoot)("that the server's account cannot reach is moved to one it can, and kept there", async () => {
    const home = path.join(base, "home of mode 700");
    mkdirSync(home, { mode: 0o700 });
    const dataDir = path.join(home, "postgres");
    expect(canEnter(home, serverAccount())).toBe(false);

    const first = await startPostgres({ dataDir });
    await query(first.superuserUrl, "create table kept as select 1 as n");
    await first.stop();
    const refuge = readFileSync(`${dataDir}.moved`, "utf8");
    expect(first.dataDir).toBe(path.join(refuge, "data"));
    expect(statSync(refuge).mode & 0o077).toBe(0);

    const second = await startPostgres({ dataDir });
    expect(await query(second.superuserUrl, "select n from kept")).toEqual([{ n: 1 }]);
    await second.stop();
    removeData(dataDir);
    expect(statSync(refuge, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe("a port", () => {
  it("that is taken is named", async () => {
    const port = await findFreePort();
    const holder = createServer().listen(port, "127.0.0.1");
    await once(holder, "listening");
    await expect(startThrowawayPostgres({ port })).rejects.toThrow(`Port ${port} is taken`);
    const elsewhere = await startThrowawayPostgres({ preferredPort: port });
    expect(elsewhere.port).not.toBe(port);
    await elsewhere.stop();
    holder.close();
  });
});

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}
