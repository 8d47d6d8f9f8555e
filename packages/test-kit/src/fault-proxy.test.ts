import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

let echo: net.Server;
let proxy: FaultProxy;
const clients: net.Socket[] = [];

beforeEach(async () => {
  echo = await startEcho("");
  proxy = await startFaultProxy(urlOf(echo));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  echo.close();
});

async function startEcho(prefix: string) {
  const server = net.createServer((socket) => {
    socket.on("data", (bytes) => socket.write(prefix + bytes));
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const urlOf = (server: net.Server) => `postgres://u@127.0.0.1:${(server.address() as net.AddressInfo).port}/db`;

async function connect() {
  const client = net.connect(proxy.port, "127.0.0.1");
  clients.push(client);
  client.on("error", () => {});
  await once(client, "connect");
  return client;
}

async function ask(client: net.Socket, text: string, withinMs = 500): Promise<string> {
  const answer = once(client, "data").then(([bytes]) => String(bytes));
  client.write(text);
  return await Promise.race([answer, sleep(withinMs, "nothing")]);
}

it("passes everything on", async () => {
  expect(await ask(await connect(), "hello")).toBe("hello");
  expect(proxy.url).toBe(`postgres://u@127.0.0.1:${proxy.port}/db`);
});

it("frozen, holds what is sent, accepts more, and delivers when healed", async () => {
  const client = await connect();
  await ask(client, "first");
  proxy.freeze();
  expect(await ask(client, "second", 150)).toBe("nothing");
  const late = await connect();
  expect(await ask(late, "third", 150)).toBe("nothing");

  const answers = [once(client, "data"), once(late, "data")].map(async (event) => String((await event)[0]));
  await proxy.heal();
  expect(await Promise.all(answers)).toEqual(["second", "third"]);
});

it("cuts what is connected and takes new connections", async () => {
  const client = await connect();
  await ask(client, "hello");
  const closed = once(client, "close");
  proxy.cut();
  await closed;
  expect(await ask(await connect(), "again")).toBe("again");
});

it("refuses, and listens on the same port when healed", async () => {
  const client = await connect();
  const closed = once(client, "close");
  await proxy.refuse();
  await closed;
  await expect(connect()).rejects.toThrow(/ECONNREFUSED/);
  await proxy.heal();
  expect(await ask(await connect(), "back")).toBe("back");
});

it("slows an answer down by the delay of both directions", async () => {
  const client = await connect();
  proxy.delay(100);
  const start = performance.now();
  expect(await ask(client, "slow", 1000)).toBe("slow");
  expect(performance.now() - start).toBeGreaterThan(190);
});

it("leads to another server after a switch", async () => {
  const other = await startEcho("other ");
  await ask(await connect(), "hello");
  proxy.switchTo(urlOf(other));
  expect(await ask(await connect(), "hello")).toBe("other hello");
  other.close();
});
