import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { listenWide } from "./listen-wide.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function listening(port = 0, answer: RequestListener = (_request, response) => response.end("ok")) {
  const server = createServer(answer);
  servers.push(server);
  await listenWide(server, "127.0.0.1", port);
  return { server, port: (server.address() as AddressInfo).port };
}

it.runIf(process.platform === "linux")("accepts a crowd within a few turns of the event loop", async () => {
  const { server, port } = await listening();
  let accepted = 0;
  server.on("connection", () => {
    accepted += 1;
  });
  const crowd = Array.from({ length: 200 }, () => connect(port, "127.0.0.1"));
  await Promise.all(crowd.map((socket) => once(socket, "connect")));
  let turns = 0;
  while (accepted < crowd.length && turns < 1_000) {
    turns += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  // One a turn would take 200, less what was accepted while they connected.
  expect(turns).toBeLessThan(60);
  for (const socket of crowd) socket.destroy();
  server.close();
});

it("refuses a port that is taken, by a process of the same kind too", async () => {
  const { server, port } = await listening();
  await expect(listening(port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  server.close();
});

it("is closed once the requests of every door are answered", async () => {
  const answers: (() => void)[] = [];
  const { server, port } = await listening(0, (_request, response) => {
    answers.push(() => response.setHeader("connection", "close").end("ok"));
  });
  const requests = Array.from({ length: 20 }, () => fetch(`http://127.0.0.1:${port}`));
  while (answers.length < requests.length) await sleep(5);
  let isClosed = false;
  const closed = new Promise<void>((resolve) => server.close(() => resolve())).then(() => {
    isClosed = true;
  });
  for (const answer of answers.slice(1)) answer();
  await sleep(200);
  expect(isClosed).toBe(false);
  answers[0]?.();
  await closed;
  expect((await Promise.all(requests)).map(({ status }) => status)).toEqual(Array(20).fill(200));
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
});
