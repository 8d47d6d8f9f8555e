import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

type Client = { socket: net.Socket | undefined; last: number; seen: number[]; rest: string };

/** So many connections are asked for at once; the rest wait their turn. */
const AT_ONCE = 200;

/**
 * Clients of the live stream that do no more than a client must: they note the positions that they are told, and come
 * back with the last. HTTP/1.0, so that the body comes without chunks in between.
 */
export class StreamClients {
  readonly all: Client[];
  /** When each position first and last arrived anywhere, in milliseconds. */
  readonly arrivals = new Map<number, { first: number; last: number; count: number }>();
  readonly #head: string;
  #port = 0;
  #opened = 0;

  constructor(count: number, token: string) {
    this.all = Array.from({ length: count }, () => ({ socket: undefined, last: -1, seen: [], rest: "" }));
    this.#head = `GET /api/v1/front-desk/events HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n`;
  }

  /** Connects all those that are not, and waits until each was greeted. */
  async connect(port: number): Promise<void> {
    this.#port = port;
    const lost = this.all.filter(({ socket }) => !socket);
    for (let start = 0; start < lost.length; start += AT_ONCE) {
      const batch = lost.slice(start, start + AT_ONCE);
      this.#opened = 0;
      for (const client of batch) this.#open(client);
      for (const end = performance.now() + 30_000; this.#opened < batch.length; await sleep(5)) {
        if (performance.now() > end) throw new Error(`${batch.length - this.#opened} clients were not greeted`);
      }
    }
  }

  /** Waits until so many of them have been told of a position. */
  async reached(position: number, clients = this.all, withinMs = 120_000): Promise<void> {
    for (const end = performance.now() + withinMs; clients.some(({ last }) => last < position); await sleep(20)) {
      if (performance.now() > end) throw new Error(`Not all clients were told of ${position}`);
    }
  }

  async lost(): Promise<void> {
    while (this.all.some(({ socket }) => socket)) await sleep(10);
  }

  /** Without a word, as a browser that is closed. */
  async vanish(count: number): Promise<void> {
    const sockets = this.all.flatMap(({ socket }) => socket ?? []).slice(0, count);
    await Promise.all(
      sockets.map((socket) => {
        const closed = once(socket, "close");
        socket.destroy();
        return closed;
      }),
    );
  }

  #open(client: Client): void {
    const socket = net.connect(this.#port, "127.0.0.1");
    const from = client.last >= 0 ? `Last-Event-ID: ${client.last}\r\n` : "";
    let isGreeted = false;
    client.socket = socket;
    client.rest = "";
    socket.setEncoding("latin1");
    socket.write(`${this.#head}${from}\r\n`);
    socket.on("data", (text: string) => {
      const blocks = (client.rest + text).split("\n\n");
      client.rest = blocks.pop() ?? "";
      for (const block of blocks) this.#take(client, block);
      if (isGreeted || blocks.length === 0) return;
      isGreeted = true;
      this.#opened += 1;
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (client.socket === socket) client.socket = undefined;
    });
  }

  #take(client: Client, block: string): void {
    const id = /^id: (\d+)$/m.exec(block)?.[1];
    if (id === undefined) return;
    client.last = Number(id);
    if (!block.includes("\nevent: ") || block.includes("event: ready")) return;
    client.seen.push(client.last);
    const at = performance.now();
    const known = this.arrivals.get(client.last);
    if (known) {
      known.last = at;
      known.count += 1;
    } else this.arrivals.set(client.last, { first: at, last: at, count: 1 });
  }
}
