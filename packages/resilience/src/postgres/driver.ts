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
}>;
export type DriverTransaction = Pick<Driver, "unsafe"> & {
  savepoint<T>(fn: (tx: DriverTransaction) => Promise<T>): Promise<T>;
};

/** A query of the driver; `connection` is ours (patches/), set when a connection has taken the query. */
export type DriverQuery = Promise<Row[]> & {
  values(): Promise<unknown[][]>;
  cancel(): void;
  connection?: { destroy(error: Error): void };
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
  return postgres(url, options as postgres.Options<Record<string, postgres.PostgresType>>) as unknown as Driver;
}
