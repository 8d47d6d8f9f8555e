import { isDeepStrictEqual } from "node:util";
import { type Call, Load, lostOf, quantile } from "../bench-overload/load.ts";
import { OpsError } from "../cli/ops-error.ts";
import type { Route } from "./routes.ts";
import { cpuOf, type RunningServer, residentOf } from "./spawn-server.ts";

/** Of one round, or the median of several. Times in milliseconds, `cpu_us` microseconds of CPU a request. */
type Figures = Readonly<{ rate: number; p50_ms: number; p99_ms: number; cpu_us: number }>;

export type Comparison = Readonly<{
  name: string;
  about: string;
  goal: number;
  api: Figures;
  floor: Figures;
  /** The API over the floor: rates, and the floor's CPU a request over the API's. Medians of rounds, and how they lie. */
  rate_ratio: Spread;
  cpu_ratio: Spread;
  /** The most that the API held after any round. */
  resident_mb: number | undefined;
}>;

type Spread = Readonly<{ median: number; from: number; to: number }>;
type Servers = Readonly<{ api: RunningServer; floor: RunningServer }>;
type Options = Readonly<{ rounds: number; seconds: number; warm: number }>;

const CONNECTIONS = 64;

/**
 * Asks both in turns, A B B A, so that whatever else the machine does meets both alike. What they answer is compared
 * first: a floor that does less would prove nothing.
 */
export async function compare(servers: Servers, route: Route, { rounds, seconds, warm }: Options): Promise<Comparison> {
  const { name, about, goal, calls } = route;
  await expectSame(servers, route);
  const api = new Load(servers.api.port, calls.api, CONNECTIONS);
  const floor = new Load(servers.floor.port, calls.floor, CONNECTIONS);
  try {
    await Promise.all([api.connect(), floor.connect()]);
    const ask = {
      api: () => measure(api, servers.api, seconds, name),
      floor: () => measure(floor, servers.floor, seconds, name),
    };
    await api.closed(CONNECTIONS, warm);
    await floor.closed(CONNECTIONS, warm);

    const pairs: { api: Figures; floor: Figures }[] = [];
    let resident_mb = 0;
    for (let round = 0; round < rounds; round += 1) {
      const isFirst = round % 2 === 0;
      const one = await (isFirst ? ask.api() : ask.floor());
      const other = await (isFirst ? ask.floor() : ask.api());
      pairs.push(isFirst ? { api: one, floor: other } : { api: other, floor: one });
      resident_mb = Math.max(resident_mb, residentOf(servers.api.pid) ?? 0);
    }
    return {
      ...{ name, about, goal },
      api: medianOf(pairs.map(({ api }) => api)),
      floor: medianOf(pairs.map(({ floor }) => floor)),
      rate_ratio: spreadOf(pairs.map(({ api, floor }) => api.rate / floor.rate)),
      cpu_ratio: spreadOf(pairs.map(({ api, floor }) => floor.cpu_us / api.cpu_us)),
      resident_mb: resident_mb || undefined,
    };
  } finally {
    api.end();
    floor.end();
  }
}

/** CPU a request in each of so many equal parts of a long run: what grows with what went before shows here. */
export async function drift(server: RunningServer, calls: readonly Call[], requests: number, parts = 10) {
  const load = new Load(server.port, calls, CONNECTIONS);
  const cpu_us: number[] = [];
  try {
    await load.connect();
    await load.closed(CONNECTIONS, 3);
    for (let part = 0; part < parts; part += 1) {
      const before = cpuOf(server.pid);
      let sent = 0;
      while (sent < requests / parts) sent += (await load.closed(CONNECTIONS, 2)).statuses.length;
      cpu_us.push((cpuOf(server.pid) - before) / sent);
    }
  } finally {
    load.end();
  }
  return {
    requests,
    cpu_us,
    last_to_first: (cpu_us.at(-1) ?? 0) / (cpu_us[0] ?? 1),
    resident_mb: residentOf(server.pid),
  };
}

async function measure(load: Load, { pid }: RunningServer, seconds: number, name: string): Promise<Figures> {
  const [started, before] = [performance.now(), cpuOf(pid)];
  const answers = await load.closed(CONNECTIONS, seconds);
  const { statuses, tookMs } = answers;
  const took = (performance.now() - started) / 1_000;
  const cpu = cpuOf(pid) - before;
  const bad = statuses.find((status) => status >= 300);
  if (bad !== undefined || lostOf(answers) > 0) throw new OpsError(`${name} was answered ${bad ?? "with nothing"}.`);
  return {
    rate: statuses.length / took,
    p50_ms: quantile(tookMs, 0.5),
    p99_ms: quantile(tookMs, 0.99),
    cpu_us: cpu / statuses.length,
  };
}

async function expectSame({ api, floor }: Servers, { name, calls }: Route): Promise<void> {
  const [ours, theirs] = await Promise.all([ask(api.port, calls.api[0]), ask(floor.port, calls.floor[0])]);
  if (!isDeepStrictEqual(comparable(ours), comparable(theirs))) {
    throw new OpsError(`The floor answers ${name} otherwise than the API: the comparison would be worth nothing.`);
  }
}

async function ask(port: number, call: Call | undefined): Promise<unknown> {
  const { method = "GET", path = "", headers = {}, body } = call ?? {};
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { "Content-Type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new OpsError(`${method} ${path} is answered with ${response.status}.`);
  return { status: response.status, body: await response.json() };
}

/** Without what must differ: signed cursors, and of what was made just now, the id and the times. */
function comparable(answer: unknown): unknown {
  const { status, body } = answer as { status: number; body: Record<string, unknown> };
  const hasMore = "next_cursor" in body && body.next_cursor !== null;
  const { next_cursor: _, ...rest } = body;
  if (status !== 201) return { ...rest, hasMore };
  const { id: _id, created_at: _created, updated_at: _updated, ...made } = rest;
  return made;
}

function medianOf(rounds: readonly Figures[]): Figures {
  const of = (key: keyof Figures) =>
    quantile(
      rounds.map((round) => round[key]),
      0.5,
    );
  return { rate: of("rate"), p50_ms: of("p50_ms"), p99_ms: of("p99_ms"), cpu_us: of("cpu_us") };
}

/** The median and the middle half. */
function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), from: quantile(values, 0.25), to: quantile(values, 0.75) };
}
