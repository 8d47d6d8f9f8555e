import type { Core } from "@whitelabel/core-readonly";
import type { Product } from "@whitelabel/shared-config";
import type { Database, OnAnswer, Store, StoreReason } from "@whitelabel/shared-db";
import type { Redis } from "@whitelabel/shared-redis";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { oneAtATime } from "../one-at-a-time.ts";
import { openHistogram } from "./histogram.ts";
import { methodOf, type RequestReport } from "./request-report.ts";

export type Metrics = ReturnType<typeof openMetrics>;

type Stores = Readonly<{
  database: Pick<Database, "state" | "connections">;
  core: Pick<Core, "state" | "connections"> | undefined;
  redis: Pick<Redis, "state">;
}>;

/** Up to the three seconds within which every answer comes. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];

const statusClasses = ["0xx", "1xx", "2xx", "3xx", "4xx", "5xx"];

/** Makes a value for each name once. */
function kept<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    let value = known.get(name);
    if (value === undefined) {
      value = make(name);
      known.set(name, value);
    }
    return value;
  };
}

/**
 * What is counted, all of it with the label `product`. The values of labels come from closed lists (routes' patterns,
 * methods, codes, stores): a text of a caller would make a series for each, and might be somebody's name.
 */
export function openMetrics(product: Product) {
  const register = new Registry();
  register.setDefaultLabels({ product: product.id });
  collectDefaultMetrics({ register }); // the process, its memory and the lag of its event loop
  const registers = [register];

  const requests = openHistogram({
    name: "http_request_duration_seconds",
    help: "Requests answered, by route pattern",
    buckets,
    register,
  });
  const requestsOf = kept((route) =>
    kept((method) => kept((status_class) => requests({ method, route, status_class }))),
  );
  const problems = new Counter({
    name: "http_problems_total",
    help: "Requests answered with a problem, by its code",
    labelNames: ["code"],
    registers,
  });
  const queries = openHistogram({
    name: "db_query_duration_seconds",
    help: "Statements, from being sent on a connection to their answer",
    buckets,
    register,
  });
  const waits = openHistogram({
    name: "db_pool_wait_seconds",
    help: "Statements, from being asked for to being sent on a connection",
    buckets,
    register,
  });
  const commands = openHistogram({
    name: "redis_command_duration_seconds",
    help: "Commands to Redis",
    buckets: [0.0005, ...buckets.slice(0, 7)],
    register,
  });
  const commandsOf = kept((command) => commands({ command }));
  const failures = new Counter({
    name: "store_failures_total",
    help: "Calls that failed because of the store, those refused while it is down included",
    labelNames: ["store", "reason"],
    registers,
  });

  return {
    contentType: register.contentType,
    text: oneAtATime(() => register.metrics()), // it takes time that requests need

    onRequest({ method, route, status, code, duration_ms }: RequestReport): void {
      const status_class = statusClasses[Math.floor(status / 100)] ?? "5xx";
      requestsOf(route)(methodOf(method))(status_class).observe(duration_ms / 1_000);
      if (code !== undefined) problems.inc({ code });
    },

    onAnswerOf(store: Store): OnAnswer {
      if (store === "redis") {
        return ({ text, asked_at }) => commandsOf(text).observe((performance.now() - asked_at) / 1_000);
      }
      const [wait, query] = [waits({ store }), queries({ store })];
      return ({ asked_at, sent_at }) => {
        const now = performance.now();
        wait.observe(((sent_at ?? now) - asked_at) / 1_000);
        if (sent_at !== undefined) query.observe((now - sent_at) / 1_000);
      };
    },

    onFailureOf: (store: Store) => (reason: StoreReason) => failures.inc({ store, reason }),

    /** Asks at each scrape for the stores' state, and for the lines that the log had to drop. */
    watch(stores: Stores, droppedLines: () => number): void {
      watchStates(registers, stores);
      watchConnections(registers, stores);
      new Counter({
        name: "log_lines_dropped_total",
        help: "Lines that were not logged, for nobody read the ones before",
        registers,
        collect() {
          this.reset();
          this.inc(droppedLines());
        },
      });
    },
  };
}

function watchStates(registers: Registry[], { database, core, redis }: Stores): void {
  new Gauge({
    name: "store_up",
    help: "Whether a store is used: 0 while its breaker is open. Stores that are not configured are not listed",
    labelNames: ["store"],
    registers,
    collect() {
      for (const [store, state] of Object.entries({
        database: database.state(),
        core: core?.state() ?? "absent",
        redis: redis.state(),
      })) {
        if (state !== "absent") this.set({ store }, state === "up" ? 1 : 0);
      }
    },
  });
}

function watchConnections(registers: Registry[], { database, core }: Stores): void {
  const pools = Object.entries({ database, ...(core && { core }) });
  const gauge = (name: string, help: string, read: (counts: ReturnType<Database["connections"]>) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ["store"],
      registers,
      collect() {
        for (const [store, pool] of pools) this.set({ store }, read(pool.connections()));
      },
    });

  gauge("db_connections_active", "Connections that carry a statement or a transaction now", ({ active }) => active);
  gauge("db_connections_total", "Connections that are open now, idle ones included", ({ open }) => open);
  gauge("db_connections_max", "Connections that the pool may open", ({ max }) => max);
  gauge("db_pool_waiting", "Statements that wait for a connection now", ({ waiting }) => waiting);
}
