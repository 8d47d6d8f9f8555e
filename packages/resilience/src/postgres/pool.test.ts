import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { startFaultProxy, startThrowawayPostgres } from "@whitelabel/test-kit";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { StoreError, type StoreReason, type StoreState } from "../index.ts";
import { isSameDatabase, openPool, type Pool, type PoolOptions } from "./index.ts";

let server: Awaited<ReturnType<typeof startThrowawayPostgres>>;
let admin: Pool;
const pools: Pool[] = [];

const open = (options: Partial<PoolOptions> = {}) => {
  const pool = openPool({ store: "database", url: server.superuserUrl, max: 3, deadlineMs: 800, ...options });
  pools.push(pool);
  return pool;
};
const reasonOf = async (work: Promise<unknown>): Promise<StoreReason | "ok"> => {
  try {
    await work;
    return "ok";
  } catch (error) {
    if (error instanceof StoreError) return error.reason;
    throw error;
  }
};
const took = async (work: () => Promise<unknown>) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const backends = async (name: string) => {
  const [row] = await admin.sql<{
    n: number;
  }>`select count(*)::int as n from pg_stat_activity where application_name = ${name}`;
  return row?.n ?? 0;
};

beforeAll(async () => {
  server = await startThrowawayPostgres();
  admin = openPool({
    store: "database",
    url: server.superuserUrl,
    max: 2,
    applicationName: "admin",
    deadlineMs: 5_000,
  });
  await admin.sql`create table items (id int primary key, note text)`;
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});
afterAll(async () => {
  await admin.close();
  await server.stop();
});

describe("rows", () => {
  it("are what the wire says: instants as RFC 3339 in UTC, days, numbers, JSON, arrays", async () => {
    const [row] = await open().sql`select
      timestamptz '2026-11-21 04:00:00.12+07' as at, date '2026-11-21' as day, 9007199254740991::bigint as big,
      12.50::numeric as price, '{"a": [1]}'::jsonb as json, array['a"b', null, 'c,d'] as texts, array[1, 2]::bigint[] as numbers`;
    expect(row).toEqual({
      at: "2026-11-20T21:00:00.12Z",
      day: "2026-11-21",
      big: 9007199254740991,
      price: "12.50",
      json: { a: [1] },
      texts: ['a"b', null, "c,d"],
      numbers: [1, 2],
    });
  });

  it("come back as they were sent", async () => {
    const sent = {
      at: "2026-11-20T21:00:00.12Z",
      day: "2026-03-29",
      json: { deep: [{ x: "ü" }] },
      texts: ["{", '\\"', "", "NULL"],
    };
    const [row] = await open().sql`select ${sent.at}::timestamptz as at, ${sent.day}::date as day,
      ${sent.json}::jsonb as json, ${sent.texts}::text[] as texts`;
    expect(row).toEqual(sent);
  });

  it("are the same however the bytes come in, and their parameters however they go out", async () => {
    const proxy = await startFaultProxy(server.superuserUrl);
    proxy.crumble();
    const pool = open({ url: proxy.url, max: 2 });
    const long = "ü".repeat(300);
    for (let round = 0; round < 3; round += 1) {
      const asked = Array.from(
        { length: 8 },
        (_, i) => pool.sql`
        select ${i}::int as i, repeat(${long}, ${i}::int) as text, n from generate_series(1, ${i}::int) as n`,
      );
      for (const [i, rows] of (await Promise.all(asked)).entries()) {
        expect(rows).toEqual(Array.from({ length: i }, (_, at) => ({ i, text: long.repeat(i), n: at + 1 })));
      }
      await expect(pool.sql`select 1 / ${0}::int`).rejects.toMatchObject({ code: "22012" });
    }
    await proxy.close();
  });

  it("are found by a list in one prepared statement, whatever its length", async () => {
    const pool = open({ max: 1 });
    for (const ids of [["a"], ["a", "b"], []]) await pool.sql`select 1 where 'a' = any(${ids})`;
    const [row] =
      await pool.sql`select count(*)::int as n from pg_prepared_statements where statement like 'select 1 where%'`;
    expect(row).toEqual({ n: 1 });
  });

  it("are those of the statement that was sent, of whatever types its parameters are each time", async () => {
    const pool = open({ max: 1 });
    const kinds = [null, true, "text", 7n];
    for (const kind of [...kinds, ...kinds]) {
      for (const name of ["one", "other", "third"]) {
        const rows = await pool.query(`select '${name}' as name, $1::text is null as is_null`, [kind]);
        expect([kind, rows]).toEqual([kind, [{ name, is_null: kind === null }]]);
      }
    }
  });

  it("come as well from a statement that the server is not to keep", async () => {
    const pool = open({ max: 1 });
    const kept = async () => {
      const [row] = await pool.sql`select count(*)::int as n from pg_prepared_statements`;
      return row?.n as number;
    };
    await kept(); // its own statement
    const before = await kept();
    for (let i = 0; i < 5; i += 1) {
      const rows = await pool.query(`select $1::text as text, $2::text[] as texts, ${i} as i`, ["a", ["b"]], {
        isKept: false,
      });
      expect(rows).toEqual([{ text: "a", texts: ["b"], i }]);
    }
    expect(await kept()).toBe(before);
    await pool.query("select $1::text", ["kept"]);
    expect(await kept()).toBe(before + 1);
  });
});

describe("errors", () => {
  it("of a statement come as the driver's, for the feature to understand", async () => {
    await expect(open().sql`select 1/0`).rejects.toMatchObject({ code: "22012" });
  });

  it("of the store name the store and the reason, and carry no value", async () => {
    const pool = open({ session: { default_transaction_read_only: "on" } });
    await expect(pool.sql`insert into items values (1, ${"secret"})`).rejects.toThrow(/^database: read_only$/);
  });
});

describe("a deadline", () => {
  it("ends a slow statement on the server, and the connection lives on", async () => {
    const pool = open({ max: 1 });
    const [before] = await pool.sql`select pg_backend_pid() as pid`;
    expect(await reasonOf(pool.sql`select pg_sleep(5)`)).toBe("busy");
    expect((await pool.sql`select pg_backend_pid() as pid`)[0]).toEqual(before);
  });

  it("holds for the place in the pool too, and a full pool is no dead store", async () => {
    const pool = open({ max: 1, session: { statement_timeout: 0 }, deadlineMs: 300 });
    const late = await Promise.all([1, 2, 3, 4, 5].map(() => reasonOf(pool.sql`select pg_sleep(2)`)));
    expect(late).toEqual(["deadline", "busy", "busy", "busy", "busy"]);
    await expect.poll(() => reasonOf(pool.sql`select 1`), { timeout: 2_000 }).toBe("ok");
  });

  it("drops a connection that says nothing and opens another", async () => {
    const proxy = await startFaultProxy(server.superuserUrl);
    const pool = open({ url: proxy.url, applicationName: "dropped" });
    await pool.sql`select 1`;
    proxy.freeze();
    expect(await reasonOf(pool.sql`select 1`)).toBe("deadline");
    await proxy.heal();
    expect(await reasonOf(pool.sql`select 1`)).toBe("ok");
    await expect.poll(() => backends("dropped")).toBe(1);
    await proxy.close();
  });

  it("ends a transaction, and what it began never becomes an effect", async () => {
    const proxy = await startFaultProxy(server.superuserUrl);
    const pool = open({ url: proxy.url });
    await pool.sql`select 1`;
    proxy.freeze();
    expect(await reasonOf(pool.transaction((tx) => tx.sql`insert into items values (2, 'late')`))).toBe("deadline");
    await proxy.heal();
    await sleep(300);
    expect(await admin.sql`select * from items where id = 2`).toEqual([]);
    await proxy.close();
  });
});

describe("a statement that takes long", () => {
  it("holds up its share of many callers at most, where no connection is free", async () => {
    const pool = open({ max: 4, deadlineMs: 5_000 });
    await Promise.all(Array.from({ length: 4 }, () => pool.sql`select pg_sleep(0.05)`));
    let isOver = false;
    const answered = Array.from({ length: 16 }, () => 0);
    const callers = answered.map(async (_, caller) => {
      for (; !isOver; answered[caller] = (answered[caller] ?? 0) + 1) await pool.sql`select 1`;
    });
    await sleep(50);
    const before = [...answered];
    await pool.sql`select pg_sleep(0.8)`;
    const stuck = answered.filter((count, caller) => count - (before[caller] ?? 0) < 100).length;
    isOver = true;
    await Promise.all(callers);
    expect(stuck).toBeLessThanOrEqual(6); // in turns all sixteen would be
  });
});

describe("a table that somebody has locked", () => {
  it("keeps callers waiting for it, and nobody else", async () => {
    const pool = open({ max: 3 });
    const changes: StoreState[] = [];
    const watched = open({ max: 3, onChange: (state) => changes.push(state) });
    await admin.transaction(async (tx) => {
      await tx.sql`lock table items in access exclusive mode`;
      // More callers than connections: some get one late, and behind each other.
      const late = await Promise.all(Array.from({ length: 12 }, () => reasonOf(watched.sql`select * from items`)));
      expect(new Set(late)).toEqual(new Set(["busy"]));
      expect(await reasonOf(pool.sql`select 1`)).toBe("ok");
    });
    expect(changes).toEqual([]);
    await expect.poll(() => reasonOf(watched.sql`select * from items`), { timeout: 2_000 }).toBe("ok");
  });

  it("is told from a connection that died while a call was waiting for it", async () => {
    const proxy = await startFaultProxy(server.superuserUrl);
    const pool = open({ url: proxy.url, max: 1, applicationName: "late" });
    await pool.sql`select 1`;
    const first = reasonOf(pool.sql`select pg_sleep(0.5)`);
    const second = reasonOf(pool.sql`select 1`); // behind it, on the same connection
    await sleep(300);
    proxy.freeze();
    expect([await first, await second]).toContain("deadline");
    await proxy.heal();
    await expect.poll(() => reasonOf(pool.sql`select 1`), { timeout: 2_000 }).toBe("ok");
    await expect.poll(() => backends("late")).toBe(1);
    await proxy.close();
  });
});

describe("a URL", () => {
  it("may name its host as an IPv6 address", async () => {
    const { createServer, connect } = await import("node:net");
    const { hostname, port } = new URL(server.superuserUrl);
    const relay = createServer((client) => client.pipe(connect(Number(port), hostname)).pipe(client)).listen(0, "::1");
    await new Promise((resolve) => relay.once("listening", resolve));
    const url = new URL(server.superuserUrl);
    url.host = `[::1]:${(relay.address() as { port: number }).port}`;
    expect(await reasonOf(open({ url: url.href }).sql`select 1`)).toBe("ok");
    relay.close();
  });

  it("cannot undo a setting of our sessions", async () => {
    const url = `${server.superuserUrl}?default_transaction_read_only=off&statement_timeout=0&options=-csearch_path%3Dnone`;
    const pool = open({ url, session: { default_transaction_read_only: "on" } });
    const [row] = await pool.sql`select current_setting('default_transaction_read_only') as read_only,
      current_setting('statement_timeout') as timeout, current_setting('search_path') as path`;
    expect(row).toEqual({ read_only: "on", timeout: "640ms", path: '"$user", public' });
  });

  it("with a wrong password is told from a server that is not there", async () => {
    const url = new URL(server.superuserUrl);
    url.password = "wrong";
    await expect(open({ url: url.href }).sql`select 1`).rejects.toMatchObject({ reason: "refused", code: "28P01" });
  });
});

describe("a server that stops dead", () => {
  it("costs each caller at most the deadline, then nothing, and is used again within two seconds of its return", async () => {
    const changes: [StoreState, StoreReason | undefined][] = [];
    const pool = open({ onChange: (state, reason) => changes.push([state, reason]) });
    await Promise.all([1, 2, 3].map(() => pool.sql`select 1`));
    server.freeze();
    try {
      const waits = await Promise.all([1, 2, 3, 4, 5, 6].map(() => took(() => reasonOf(pool.sql`select 1`))));
      expect(Math.max(...waits)).toBeLessThan(1_200);
      await sleep(500);
      expect(pool.state()).toBe("down");
      expect(await took(() => reasonOf(pool.sql`select 1`))).toBeLessThan(20);
    } finally {
      server.thaw();
    }
    await expect.poll(() => reasonOf(pool.sql`select 1`), { timeout: 2_000, interval: 50 }).toBe("ok");
    expect(changes.map(([state]) => state)).toEqual(["down", "up"]);
  });

  it("and comes back after kill -9 is found without a caller asking", async () => {
    const pool = open();
    await pool.sql`select 1`;
    await server.kill();
    await Promise.all([1, 2, 3, 4].map(() => reasonOf(pool.sql`insert into items values (3, 'x')`)));
    expect(pool.reason()).toMatch(/^(refused|lost)$/);
    await server.restart();
    await expect.poll(() => pool.state(), { timeout: 2_000, interval: 50 }).toBe("up");
    expect(await reasonOf(pool.sql`select 1`)).toBe("ok");
  });
});

describe("a lost connection", () => {
  it("of several that are busy costs reads nothing", async () => {
    const proxy = await startFaultProxy(server.superuserUrl);
    const changes: StoreState[] = [];
    const pool = open({ url: proxy.url, max: 4, deadlineMs: 2_000, onChange: (state) => changes.push(state) });
    await Promise.all(Array.from({ length: 4 }, () => pool.sql`select pg_sleep(0.05)`));
    let isOver = false;
    const failures: unknown[] = [];
    let longestMs = 0;
    const callers = Array.from({ length: 16 }, async () => {
      while (!isOver) {
        const ms = await took(() => pool.sql`select 1`.catch((error) => failures.push(error)));
        longestMs = Math.max(longestMs, ms);
        if (failures.length > 0) await sleep(1); // a store that is down refuses without a turn of the loop
      }
    });
    for (let n = 0; n < 10; n += 1) {
      await sleep(50);
      proxy.resetOne();
    }
    await sleep(50);
    isOver = true;
    await Promise.all(callers);
    await proxy.close();
    expect([failures, changes]).toEqual([[], []]);
    expect(longestMs).toBeLessThan(1_000);
  });

  const terminate = (name: string) =>
    admin.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}`;

  it("is not seen by a read or a transaction that meets it", async () => {
    const proxy = await startFaultProxy(server.superuserUrl);
    const pool = open({ url: proxy.url, max: 1 });
    for (const work of [() => pool.sql`select 1`, () => pool.transaction((tx) => tx.sql`select 1`)]) {
      await pool.sql`select 1`;
      const pending = work();
      proxy.cut();
      expect(await reasonOf(pending)).toBe("ok");
    }
    await proxy.close();
  });

  it("is told to a write, which is never sent again", async () => {
    const pool = open({ max: 1, applicationName: "writer" });
    await pool.sql`select 1`;
    const pending = reasonOf(pool.sql`insert into items select 4, pg_sleep(0.5)::text`);
    await sleep(100);
    await terminate("writer");
    expect(await pending).toBe("lost");
    await sleep(600);
    expect(await admin.sql`select * from items where id = 4`).toEqual([]);
  });

  it("is told to a read as well without pre-ping", async () => {
    const pool = open({ max: 1, applicationName: "no-ping", prePing: false });
    await pool.sql`select 1`;
    const pending = reasonOf(pool.sql`select pg_sleep(0.5)`);
    await sleep(100);
    await terminate("no-ping");
    expect(await pending).toBe("lost");
  });
});

describe("transactions", () => {
  it("whose connection breaks end as a whole: no later statement of theirs runs elsewhere", async () => {
    const pool = open({ max: 1 });
    let last: unknown;
    const broken = pool.transaction(async (tx) => {
      await tx.sql`insert into items values (40, 'first')`;
      await tx.sql`select pg_terminate_backend(pg_backend_pid())`.catch(() => {});
      await sleep(50);
      await pool.sql`select 1`; // the only connection is open again, for somebody else
      last = await reasonOf(tx.sql`insert into items values (41, 'second')`);
    });
    expect(await reasonOf(broken)).toBe("lost");
    await expect.poll(() => last).toBe("lost");
    expect(await admin.sql`select id from items where id in (40, 41)`).toEqual([]);
    expect(await reasonOf(pool.sql`select 1`)).toBe("ok");
  });

  it("that lose their connection in the middle of a statement leave no error behind", async () => {
    const pool = open({ max: 2 });
    const broken = () => pool.transaction((tx) => tx.sql`select pg_terminate_backend(pg_backend_pid())`);
    expect([await reasonOf(broken()), await reasonOf(broken())]).toEqual(["lost", "lost"]);
    await sleep(50);
    expect(await Promise.all([1, 2, 3].map(() => reasonOf(pool.sql`select 1`)))).toEqual(["ok", "ok", "ok"]);
  });

  it("that deadlock are run again and both take effect", async () => {
    const pool = open({ deadlineMs: 4_000, session: { deadlock_timeout: 50 } });
    await pool.sql`insert into items values (10, '0'), (11, '0')`;
    const both = async (first: number, second: number) =>
      pool.transaction(async (tx) => {
        await tx.sql`update items set note = (note::int + 1)::text where id = ${first}`;
        await sleep(100);
        await tx.sql`update items set note = (note::int + 1)::text where id = ${second}`;
      });
    await Promise.all([both(10, 11), both(11, 10)]);
    expect(await pool.sql`select note from items where id in (10, 11)`).toEqual([{ note: "2" }, { note: "2" }]);
  });

  it("roll back what was done before an error", async () => {
    const pool = open();
    const failing = pool.transaction(async (tx) => {
      await tx.sql`insert into items values (20, 'x')`;
      await tx.sql`insert into items values (20, 'y')`;
    });
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await pool.sql`select * from items where id = 20`).toEqual([]);
  });
});

describe("the check of a connection", () => {
  const check = (sql: string): PoolOptions["check"] => ({
    sql,
    refusal: ([row], failure) =>
      failure || row?.ok !== true ? new StoreError("database", "wrong_database", { cause: failure }) : undefined,
  });

  it("comes before the first statement, so that none reaches a wrong server", async () => {
    const pool = open({ check: check("select false as ok") });
    expect(await reasonOf(pool.sql`insert into items values (30, 'wrong')`)).toBe("wrong_database");
    expect(await reasonOf(pool.transaction((tx) => tx.sql`insert into items values (30, 'wrong')`))).toBe(
      "wrong_database",
    );
    expect(await admin.sql`select * from items where id = 30`).toEqual([]);
  });

  it("refuses when it fails itself", async () => {
    const pool = open({ check: check("select ok from no_such_table") });
    expect(await reasonOf(pool.sql`select 1`)).toBe("wrong_database");
  });

  it("lets a right one through and is asked again of every new connection", async () => {
    await admin.sql`create table marker (ok boolean)`;
    await admin.sql`insert into marker values (true)`;
    const proxy = await startFaultProxy(server.superuserUrl);
    const pool = open({ url: proxy.url, check: check("select ok from marker"), max: 2 });
    expect(await reasonOf(pool.sql`select 1`)).toBe("ok");
    await admin.sql`update marker set ok = false`;
    expect(await reasonOf(pool.sql`select 1`)).toBe("ok"); // the same connection
    proxy.cut();
    await sleep(50);
    expect(await reasonOf(pool.sql`insert into items values (31, 'wrong')`)).toBe("wrong_database");
    await admin.sql`update marker set ok = true`;
    await expect.poll(() => reasonOf(pool.sql`select 1`), { timeout: 2_000 }).toBe("ok");
    await proxy.close();
  });
});

describe("a server that lets in and then says nothing", () => {
  it("fails what waits for it, and nothing that nobody waits for", async () => {
    const letIn = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]); // AuthenticationOk, ReadyForQuery
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => {
      sockets.add(socket);
      socket.once("data", () => socket.write(letIn)).on("error", () => {});
    }).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const unheard: unknown[] = [];
    const note = (error: unknown) => unheard.push(error);
    process.on("unhandledRejection", note);

    const { port } = silent.address() as AddressInfo;
    const check = { sql: "select 1", refusal: () => undefined };
    const pool = open({ url: `postgres://nobody@127.0.0.1:${port}/nothing`, check, deadlineMs: 300 });
    expect(await reasonOf(pool.sql`select 1`)).not.toBe("ok");
    await sleep(1_200); // the driver gives up on the connection after a second
    process.off("unhandledRejection", note);
    for (const socket of sockets) socket.destroy();
    silent.close();
    expect(unheard).toEqual([]);
  });
});

describe("isSameDatabase", () => {
  it("sees through the spelling of a URL, and tells two databases of one server apart", async () => {
    await admin.sql`create database other`;
    const one = open();
    const same = open({ url: server.superuserUrl.replace("127.0.0.1", "localhost") });
    const other = new URL(server.superuserUrl);
    other.pathname = "/other";
    expect(await isSameDatabase(one, same)).toBe(true);
    expect(await isSameDatabase(one, open({ url: other.href }))).toBe(false);
  });
});

describe("the echo", () => {
  it("shows statements and never a value", async () => {
    const seen: string[] = [];
    await open({ onQuery: (text) => seen.push(text) }).sql`select ${"secret"}::text`;
    expect(seen).toEqual(["select $1::text"]);
  });
});
