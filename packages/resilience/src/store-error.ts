export type Store = "database" | "core" | "redis";

/** Why a store did not answer; a closed list, safe to log, to count and to show in a readiness answer. */
export type StoreReason =
  | "deadline" // it said nothing in time
  | "refused" // no connection could be made
  | "lost" // the connection broke under the call: a write may or may not have happened
  | "busy" // it lives, but locks, memory or its own time limit stopped this call
  | "conflict" // serialization failure or deadlock, still there after the retries
  | "read_only"
  | "disk_full"
  | "wrong_database" // another product's marker, or the core that is our own database
  | "schema_behind" // migrations that this code needs are missing
  | "schema_changed" // core no longer has a column that we read
  | "writable_core" // our role could write core
  | "absent" // not configured
  | "closed"; // we are shutting down

/**
 * A call to a store that failed because of the store and not because of the call. Its message names the store and
 * the reason and nothing else: what the driver said may carry values of rows.
 */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly store: Store;
  readonly reason: StoreReason;
  /** The driver's code where there is one, an SQLSTATE or an errno: it tells a wrong password from a dead server. */
  readonly code: string | undefined;

  constructor(store: Store, reason: StoreReason, options?: ErrorOptions) {
    super(`${store}: ${reason}`, options);
    this.store = store;
    this.reason = reason;
    const cause = options?.cause;
    this.code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  }
}

/** The StoreError in an error or in its chain of causes: Drizzle wraps what the driver throws. */
export function storeErrorIn(error: unknown): StoreError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
    if (cause instanceof StoreError) return cause;
  }
  return undefined;
}
