import postgres from "postgres";
import type { StoreError } from "../store-error.ts";
import { types } from "./types.ts";

export type Row = Record<string, unknown>;

/** What every new connection must answer before it carries its first statement. */
export type ConnectionCheck = Readonly<{
  /** One SELECT. */
  sql: string;
  /** Why this server is not to be used; `failure` is the server's error if the SELECT failed. */
  refusal: (rows: readonly Row[], failure: (Error & { code?: string }) | null) => StoreError | undefined;
}>;

export type DriverOptions = Readonly<{
  url: string;
  max: number;
  session: Record<string, string | number>;
  check?: ConnectionCheck | undefined;
}>;

/** The parts of a postgres.js client, and of its transactions, that we use. */
export type Driver = Readonly<{
  unsafe(text: string, params: readonly unknown[], options: object): DriverQuery;
  begin<T>(fn: ((tx: DriverTransaction) => Promise<T>) & { onbegin?: (query: DriverQuery) => void }): Promise<T>;
  end(options: { timeout: number }): Promise<void>;
  /** Ours (patches/). */
  counts(): ConnectionCounts;
}>;
/** Open connections, those of them that carry a statement or a transaction, and statements that have none yet. */
export type ConnectionCounts = Readonly<{ open: number; active: number; waiting: number }>;

export type DriverTransaction = Pick<Driver, "unsafe"> & {
  savepoint<T>(fn: (tx: DriverTransaction) => Promise<T>): Promise<T>;
};

/** A query of the driver. The last three are ours (patches/), set when a connection has taken or sent the query. */
export type DriverQuery = Promise<Row[]> & {
  values(): Promise<unknown[][]>;
  cancel(): void;
  active: boolean;
  sentAt?: number;
  connection?: { heardAt: number; destroy(error: Error): void };
};

/** Back-off of a second try to connect. The breaker's probe, not the driver, decides when a dead store is asked again. */
const MAX_BACKOFF_S = 0.25;
/** Below every deadline, so that a query never waits longer for its connection than for its answer. */
const CONNECT_TIMEOUT_S = 1;

/** A client that never prints, never guesses types and closes idle connections after 30 s; it connects when first used. */
export function openDriver({ url, max, session, check }: DriverOptions): Driver {
  const options = {
    max,
    types,
    check,
    fetch_types: false,
    idle_timeout: 30,
    connect_timeout: CONNECT_TIMEOUT_S,
    backoff: (retries: number) => Math.min(0.02 * 2 ** retries, MAX_BACKOFF_S),
    onnotice: () => {},
    connection: { TimeZone: "UTC", ...session },
  };
  return postgres({ ...options, ...addressOf(url) } as unknown as postgres.Options<never>) as unknown as Driver;
}

/**
 * Where a URL leads, and how. The driver would cut an IPv6 address at its colons, and would take whatever else stands
 * in the query as a setting of the session, over ours: a read-only session is not to be undone by a URL.
 */
function addressOf(url: string) {
  const { hostname, port, pathname, username, password, searchParams } = new URL(url);
  const socket = searchParams.get("host");
  return {
    host: [hostname.replace(/^\[|\]$/g, "") || "localhost"],
    port: [Number(port || 5432)],
    ...(socket?.startsWith("/") && { path: `${socket}/.s.PGSQL.${port || 5432}` }),
    database: decodeURIComponent(pathname.slice(1)),
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    ssl: sslOf(searchParams.get("sslmode") ?? searchParams.get("ssl")),
  };
}

function sslOf(mode: string | null): string | boolean {
  if (mode === null || mode === "disable" || mode === "false") return false;
  if (mode === "true") return "require";
  return mode === "verify-ca" ? "verify-full" : mode;
}
