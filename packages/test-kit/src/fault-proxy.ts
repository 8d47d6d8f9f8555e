import { once } from "node:events";
import net, { type Socket } from "node:net";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

export type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>;
type Target = { host: string; port: number };

/** A TCP proxy in front of a store, for a test that gives it the store's faults; it ends with the test. */
export async function useFaultProxy(targetUrl: string): Promise<FaultProxy> {
  const proxy = await startFaultProxy(targetUrl);
  onTestFinished(() => proxy.close());
  return proxy;
}

/** As `useFaultProxy`, to be closed by the caller. `url` leads through the proxy. */
export async function startFaultProxy(targetUrl: string) {
  let target = targetOf(targetUrl);
  let delayMs = 0;
  let isCrumbled = false;
  let frozen: PromiseWithResolvers<void> | undefined;
  const sockets = new Set<Socket>();

  const server = net.createServer({ allowHalfOpen: true }, async (client) => {
    track(client);
    await frozen?.promise; // accepted, and not a byte
    const store = net.connect({ ...target, allowHalfOpen: true });
    track(store);
    client.on("close", () => store.destroy());
    store.on("close", () => client.destroy());
    pump(client, store);
    pump(store, client);
  });
  const port = await listen(server, 0);

  function track(socket: Socket) {
    sockets.add(socket.setNoDelay(true));
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {}); // "close" follows, and tells the other side
  }

  async function pump(from: Socket, to: Socket) {
    try {
      for await (const bytes of from) {
        if (delayMs > 0) await sleep(delayMs);
        await frozen?.promise;
        for (const part of isCrumbled ? crumbsOf(bytes) : [bytes]) {
          if (to.destroyed) return;
          if (!to.write(part)) await Promise.race([once(to, "drain"), once(to, "close")]);
          if (isCrumbled) await setImmediate();
        }
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  const proxy = {
    port,
    url: throughProxy(targetUrl, port),
    /** How many connections lead through the proxy now. */
    connections: () => Math.floor(sockets.size / 2),
    /** Connections are accepted and stay open, and nothing moves: a stopped process, a black hole. */
    freeze() {
      frozen ??= Promise.withResolvers();
    },
    /** Every connection ends at once; new ones are welcome. */
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    /** The oldest connection is reset, as by a server that dies; the others go on. */
    resetOne() {
      const [client] = sockets;
      client?.resetAndDestroy();
    },
    /** Nobody listens: existing connections end, new ones are refused. */
    async refuse() {
      const closed = new Promise((resolve) => server.close(resolve));
      proxy.cut();
      await closed;
    },
    /** Every piece of data takes this much longer, in each direction. */
    delay(ms: number) {
      delayMs = ms;
    },
    /** What comes in one piece goes on in many, most of them within a message, as over a bad line. */
    crumble() {
      isCrumbled = true;
    },
    /** New connections lead to another server from now on, as after a failover. */
    switchTo(url: string) {
      target = targetOf(url);
      proxy.cut();
    },
    /** Ends every fault. What was held back is delivered. */
    async heal() {
      delayMs = 0;
      isCrumbled = false;
      frozen?.resolve();
      frozen = undefined;
      if (!server.listening) await listen(server, port);
    },
    async close() {
      frozen?.resolve();
      if (server.listening) await proxy.refuse();
    },
  };
  return proxy;
}

function* crumbsOf(bytes: Buffer): Generator<Buffer> {
  const sizes = [1, 2, 5, 70, 7, 900, 3, 4_000];
  for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
    const end = at + (sizes[cut % sizes.length] as number);
    yield bytes.subarray(at, end);
    at = end;
  }
}

function targetOf(url: string): Target {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: Number(port) || (protocol.startsWith("redis") ? 6379 : 5432) };
}

function throughProxy(url: string, port: number): string {
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String(port);
  return through.href;
}

async function listen(server: net.Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as net.AddressInfo).port;
}
