import net from "node:net";

/** What was sent, and what came back, one entry an answer in each. */
export type Answers = {
  sent: number;
  statuses: number[];
  tookMs: number[];
  atMs: number[];
  unsent: number;
};

export type Call = Readonly<{
  method?: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
}>;

type Socket = { connection: net.Socket; received: Buffer[]; length: number; expected: number; sentAt: number };

/**
 * Sends the same requests in turn, again and again, over kept connections, one at a time on each. It reads no more of an
 * answer than its status and its length, so that one core of ours can overload another.
 */
export class Load {
  readonly #port: number;
  readonly #requests: readonly Buffer[];
  readonly #most: number;
  readonly #idle: Socket[] = [];
  #next = 0;
  #open = 0;
  #answers: Answers = newAnswers();
  #onIdle: ((socket: Socket) => void) | undefined;

  constructor(port: number, calls: readonly Call[], most: number) {
    this.#port = port;
    this.#requests = calls.map((call) => bytesOf(call, port));
    this.#most = most;
  }

  /** Opens all connections, a few at a time: how many can come through the door at once is another question. */
  async connect(): Promise<void> {
    this.#begin((socket) => void this.#idle.push(socket));
    while (this.#open < this.#most) {
      for (let few = 0; few < 20 && this.#open < this.#most; few += 1) this.#connect();
      await until(() => this.#idle.length === this.#open);
    }
  }

  /** As many as the server takes from so many clients, each of which waits for its answer. */
  async closed(clients: number, seconds: number): Promise<Answers> {
    const end = performance.now() + seconds * 1_000;
    this.#begin((socket) => (performance.now() < end ? this.#send(socket) : void this.#idle.push(socket)));
    for (let client = 0; client < clients; client += 1) this.#sendOne();
    await until(() => performance.now() >= end);
    return await this.#finish();
  }

  /** So many a second, whether the answers come or not. */
  async open(rate: number, seconds: number): Promise<Answers> {
    const started = performance.now();
    this.#begin((socket) => void this.#idle.push(socket));
    let due = 0;
    await until(() => {
      const passed = (performance.now() - started) / 1_000;
      for (const now = Math.floor(Math.min(passed, seconds) * rate); due < now; due += 1) this.#sendOne();
      return passed >= seconds;
    });
    return await this.#finish();
  }

  end(): void {
    for (const { connection } of this.#idle) connection.destroy();
  }

  #begin(onIdle: (socket: Socket) => void): void {
    this.#answers = newAnswers();
    this.#onIdle = onIdle;
  }

  /** Waits for what is still on its way, for as long as an answer may take. */
  async #finish(): Promise<Answers> {
    const answers = this.#answers;
    this.#onIdle = (socket) => void this.#idle.push(socket);
    const end = performance.now() + 3_500;
    await until(() => this.#idle.length >= this.#open || performance.now() > end);
    return answers;
  }

  #sendOne(): void {
    const socket = this.#idle.pop();
    if (socket) this.#send(socket);
    else if (this.#open >= this.#most) this.#answers.unsent += 1;
    else this.#connect();
  }

  #connect(): void {
    this.#open += 1;
    const connection = net.connect({ port: this.#port, host: "127.0.0.1", noDelay: true });
    const socket: Socket = { connection, received: [], length: 0, expected: 0, sentAt: 0 };
    connection.on("data", (bytes: Buffer) => this.#receive(socket, bytes));
    connection.on("error", () => {});
    connection.on("close", () => {
      this.#open -= 1;
      const at = this.#idle.indexOf(socket);
      if (at !== -1) this.#idle.splice(at, 1);
    });
    this.#send(socket);
  }

  #send(socket: Socket): void {
    this.#answers.sent += 1;
    socket.sentAt = performance.now();
    socket.connection.write(this.#requests[this.#next] as Buffer);
    this.#next = (this.#next + 1) % this.#requests.length;
  }

  #receive(socket: Socket, bytes: Buffer): void {
    socket.received.push(bytes);
    socket.length += bytes.length;
    if (socket.expected === 0) socket.expected = expectedLength(socket.received);
    if (socket.expected === 0 || socket.length < socket.expected) return;

    const head = socket.received[0] as Buffer;
    const now = performance.now();
    this.#answers.statuses.push(Number(head.toString("latin1", 9, 12)));
    this.#answers.tookMs.push(now - socket.sentAt);
    this.#answers.atMs.push(now);
    socket.received = [];
    [socket.length, socket.expected] = [0, 0];
    this.#onIdle?.(socket);
  }
}

const newAnswers = (): Answers => ({ sent: 0, statuses: [], tookMs: [], atMs: [], unsent: 0 });

/** How many requests were never answered: the connection broke, or nothing came for longer than an answer may take. */
export const lostOf = ({ sent, statuses }: Answers): number => Math.max(0, sent - statuses.length);

/** What took a share of the answers at most so long, such as 0.99 of them. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
}

function bytesOf({ method = "GET", path, headers = {}, body }: Call, port: number): Buffer {
  const text = body === undefined ? "" : JSON.stringify(body);
  const all = {
    Host: `127.0.0.1:${port}`,
    Accept: "application/json",
    ...(body !== undefined && { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, "", text].join("\r\n"));
}

/** Of head and body; 0 until the head is there. */
function expectedLength(received: readonly Buffer[]): number {
  const bytes = received.length === 1 ? (received[0] as Buffer) : Buffer.concat(received);
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return 0;
  const length = /\r\ncontent-length: (\d+)/i.exec(bytes.toString("latin1", 0, end))?.[1];
  return end + 4 + Number(length ?? 0);
}

function until(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => (isSo() ? resolve() : void setTimeout(look, 1));
    look();
  });
}
