import type { OnAnswer } from "../call-report.ts";
import { guardStore, type StoreState } from "../guard.ts";
import { type Store, StoreError, type StoreReason, storeErrorIn } from "../store-error.ts";
import {
  type ConnectionCheck,
  type ConnectionCounts,
  type Driver,
  type DriverQuery,
  type DriverTransaction,
  openDriver,
  type Row,
} from "./driver.ts";
import { asStoreError, isRead } from "./failures.ts";
import type { RowReader } from "./json-rows.ts";
import { textOf } from "./template.ts";

export type PoolOptions = Readonly<{
  store: Store;
  url: string;
  /** Connections at most. */
  max: number;
  /** The longest that a query or a whole transaction may take, waiting for a connection included, in milliseconds. */
  deadlineMs?: number;
  applicationName?: string;
  /** Further settings that each session starts with, such as `default_transaction_read_only`. */
  session?: Record<string, string | number>;
  /** Sends a read, or the BEGIN of a transaction, again once if the connection under it broke. Default true. */
  prePing?: boolean;
  check?: ConnectionCheck | undefined;
  /** SQLSTATEs that mean more to this store than to others. */
  reasons?: Record<string, StoreReason>;
  /** Called with the text of each statement, never with its values. */
  onQuery?: ((text: string) => void) | undefined;
  onAnswer?: OnAnswer | undefined;
  /** Called for each call that failed because of the store, those included that were refused without asking it. */
  onFailure?: ((reason: StoreReason) => void) | undefined;
  onChange?: ((state: StoreState, reason?: StoreReason, code?: string) => void) | undefined;
}>;

/** Statements of a pool or of one transaction. Every failure that is the store's own is a StoreError. */
export type Statements = Readonly<{
  /** A statement as a template: each value becomes a parameter. */
  sql<T extends object = Row>(strings: TemplateStringsArray, ...values: readonly unknown[]): Promise<T[]>;
  query<T extends object = Row>(text: string, params?: readonly unknown[], options?: QueryOptions): Promise<T[]>;
  /** Rows as arrays, in the order of the columns. */
  values(text: string, params?: readonly unknown[]): Promise<unknown[][]>;
}>;

type QueryOptions = Readonly<{
  /**
   * Whether the server keeps the statement prepared, for the life of the connection and in some 100 kB of its memory.
   * False for one of very many texts: it costs a second round trip and a new plan each time, and leaves nothing behind.
   */
  isKept?: boolean;
  /** Makes the rows, in place of the driver: `asJson()`. */
  reader?: RowReader;
}>;

export type Transaction = Statements & Readonly<{ savepoint<T>(fn: (tx: Transaction) => Promise<T>): Promise<T> }>;

export type Pool = Statements &
  Readonly<{
    /**
     * Runs `fn` in a transaction, up to three times more after a deadlock or a serialization failure: `fn` must do
     * nothing but talk to `tx`.
     */
    transaction<T>(fn: (tx: Transaction) => Promise<T>): Promise<T>;
    state(): StoreState;
    /** Why the store is down; undefined while it is up. */
    reason(): StoreReason | undefined;
    /** How many there are now, and how many there may be. */
    connections(): ConnectionCounts & Readonly<{ max: number }>;
    /** Ends the connections; calls under way get a second to finish. */
    close(): Promise<void>;
  }>;

export const DEADLINE_MS = 1_500;
/** The server gives up a little earlier than we do, so that a slow statement is cancelled there and costs no connection. */
const SERVER_SHARE = 0.8;
const RETRIES = 3;

/** A pool over postgres.js with a deadline for everything, a breaker, and a check of every new connection. */
export function openPool(options: PoolOptions): Pool {
  const { store, url, max, deadlineMs = DEADLINE_MS, prePing = true, reasons, onQuery, onAnswer } = options;
  const serverMs = Math.floor(deadlineMs * SERVER_SHARE);
  const driver = openDriver({
    url,
    max,
    check: options.check,
    session: {
      application_name: options.applicationName ?? "whitelabel",
      statement_timeout: serverMs,
      idle_in_transaction_session_timeout: deadlineMs * 2,
      ...options.session,
    },
  });
  const guard = guardStore(store, {
    deadlineMs,
    probe: () => send(driver, "select 1", [], {}).settled,
    ...(options.onChange && { onChange: options.onChange }),
    ...(options.onFailure && { onFailure: options.onFailure }),
  });

  /** Sends one statement; the driver's error comes out as ours, or as what `again` makes of it. */
  function send(to: Pick<Driver, "unsafe">, text: string, params: readonly unknown[], how: How, again?: Again) {
    onQuery?.(text);
    const asked_at = performance.now();
    const query = to.unsafe(text, params, { prepare: how.isKept ?? true, simple: false, reader: how.reader });
    const settled = (how.isValues ? query.values() : query).then(
      (rows) => {
        onAnswer?.({ text, asked_at, sent_at: query.sentAt, failure: undefined });
        return rows as never;
      },
      (error) => {
        const failure = asStoreError(store, error, reasons);
        onAnswer?.({ text, asked_at, sent_at: query.sentAt, failure });
        if (again) return again(failure);
        throw failure;
      },
    );
    return { query, settled };
  }

  // Each promise between the driver and the caller is some 100 bytes and a turn of the queue, for every statement.
  function call(text: string, params: readonly unknown[], how: How): Promise<never> {
    let sent: DriverQuery;
    const once = (again?: Again) => {
      const { query, settled } = send(driver, text, params, how, again);
      sent = query;
      return settled;
    };
    const again = (failure: unknown) => (isLost(failure) && isRead(text) ? once() : Promise.reject(failure));
    return guard.run(
      () => once(prePing ? again : undefined),
      () => drop(sent),
    );
  }

  /**
   * Frees what a late call holds: its place in the queue, or its connection, which may be dead without a word. One that
   * spoke within the time that the server allows itself for a statement is alive, and only slow or waiting its turn.
   */
  function drop(query: DriverQuery | undefined): StoreReason {
    if (!query?.connection) {
      query?.cancel();
      return "busy";
    }
    const silentMs = performance.now() - Math.max(query.connection.heardAt, query.sentAt ?? 0);
    if (silentMs >= serverMs) {
      query.connection.destroy(new StoreError(store, "deadline"));
      return "deadline";
    }
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    query.then(settle, settle);
    setTimeout(() => isSettled || drop(query), serverMs - silentMs + 1).unref();
    return "busy";
  }

  async function transaction<T>(fn: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await transactionOnce(fn);
      } catch (error) {
        if (storeErrorIn(error)?.reason !== "conflict" || attempt === RETRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
      }
    }
  }

  function transactionOnce<T>(fn: (tx: Transaction) => Promise<T>): Promise<T> {
    let current: DriverQuery | undefined;
    let hasBegun = false;
    let isLate = false;

    const begin = () => {
      const asked_at = performance.now();
      const body = Object.assign(
        async (tx: DriverTransaction) => {
          hasBegun = true;
          onAnswer?.({ text: "begin", asked_at, sent_at: current?.sentAt, failure: undefined });
          if (isLate) throw new StoreError(store, "deadline");
          return await fn(statementsOf(tx));
        },
        {
          onbegin: (query: DriverQuery) => {
            current = query;
          },
        },
      );
      return driver.begin(body).catch((error) => Promise.reject(asStoreError(store, error, reasons)));
    };
    const statementsOf = (tx: DriverTransaction): Transaction => ({
      ...statements((text, params, how) => {
        const { query, settled } = send(tx, text, params, how);
        current = query;
        return settled;
      }),
      savepoint: (inner) => tx.savepoint((nested) => inner(statementsOf(nested))),
    });

    const work = () =>
      begin().catch((error) => (prePing && isLost(error) && !hasBegun ? begin() : Promise.reject(error)));
    return guard.run(work, () => {
      isLate = true;
      return drop(current);
    });
  }

  return {
    ...statements(call),
    transaction,
    state: guard.state,
    reason: guard.reason,
    connections: () => ({ ...driver.counts(), max }),
    close: async () => {
      guard.close();
      await driver.end({ timeout: 1 });
    },
  };
}

type Again = (failure: unknown) => Promise<never>;
type How = QueryOptions & Readonly<{ isValues?: boolean }>;
type Call = (text: string, params: readonly unknown[], how: How) => Promise<never>;

function statements(call: Call): Statements {
  return {
    sql: (strings, ...values) => call(textOf(strings), values, usual),
    query: (text, params = [], options = usual) => call(text, params, options),
    values: (text, params = []) => call(text, params, asArrays),
  };
}

const usual: How = {};
const asArrays: How = { isValues: true };

function isLost(error: unknown): boolean {
  return storeErrorIn(error)?.reason === "lost";
}
