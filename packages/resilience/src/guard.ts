import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from "cockatiel";
import { withDeadline } from "./deadline.ts";
import { type Store, StoreError, type StoreReason, storeErrorIn } from "./store-error.ts";

export type GuardOptions = Readonly<{
  /** The longest that one call may take, in milliseconds. */
  deadlineMs: number;
  /** Asks the store whether it lives. Called while it is thought dead, never beside another probe. */
  probe: () => Promise<unknown>;
  /** Called when the store is given up, with why and the driver's code, and when it is back. */
  onChange?: (state: StoreState, reason?: StoreReason, code?: string) => void;
  /** Called for each call that failed because of the store, those included that were refused without asking it. */
  onFailure?: (reason: StoreReason) => void;
}>;

export type StoreState = "up" | "down";

export type Guard = Readonly<{
  /**
   * Runs one call to the store. `late` is called when the deadline passes: it frees what the call holds, and may name
   * a milder reason than "deadline" (the call was still waiting for its turn).
   */
  run<T>(work: () => Promise<T>, late?: () => StoreReason): Promise<T>;
  state(): StoreState;
  /** Why the store is down; undefined while it is up. */
  reason(): StoreReason | undefined;
  close(): void;
}>;

/** Reasons that speak of the store as a whole. A lock that is held or a full disk says nothing of the next call. */
const fatal = new Set<StoreReason>(["deadline", "refused", "lost", "wrong_database", "schema_behind", "writable_core"]);

/** One lost connection is no dead store; three calls in a row without an answer are. */
const FAILURES_IN_A_ROW = 3;
/** A store is used again at most this long, and one answer, after its return: the promise is two seconds. */
const PROBE_EVERY_MS = 200;

/**
 * A deadline and a breaker around one store. While the breaker is open, calls are refused at once with the reason of
 * the last failure, and a probe in the background finds out when the store is back: no caller waits for that.
 */
export function guardStore(store: Store, { deadlineMs, probe, onChange, onFailure }: GuardOptions): Guard {
  let lastReason: StoreReason = "refused";
  let lastCode: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let hasFailed = false; // in the call before

  const breaker = circuitBreaker(
    handleWhen((error) => {
      const failure = storeErrorIn(error);
      if (failure && !isDown()) onFailure?.(failure.reason); // while it is down this is the probe
      if (!failure || !fatal.has(failure.reason)) return false;
      lastReason = failure.reason;
      lastCode = failure.code;
      hasFailed = true;
      return true;
    }),
    { halfOpenAfter: 0, breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW) },
  );
  breaker.onBreak(() => {
    if (!timer) onChange?.("down", lastReason, lastCode);
    probeLater();
  });
  breaker.onReset(() => {
    timer = undefined;
    onChange?.("up");
  });

  function probeLater() {
    if (isClosed) return;
    timer = setTimeout(() => {
      // A failed probe opens the breaker again, which sets the next one.
      breaker.execute(() => withDeadline(probe(), deadlineMs, () => new StoreError(store, "deadline"))).catch(() => {});
    }, PROBE_EVERY_MS);
    timer.unref();
  }

  /** Settles once, as the call does or when the deadline passes, and the breaker hears of it; one promise for both. */
  function limited<T>(call: Promise<T>, late?: () => StoreReason): Promise<T> {
    return new Promise((resolve) => {
      let isOver = false;
      const timer = setTimeout(() => {
        isOver = true;
        resolve(failed(new StoreError(store, late?.() ?? "deadline")));
      }, deadlineMs);
      const end = () => {
        clearTimeout(timer);
        return !isOver;
      };
      call.then(
        (result) => end() && resolve(succeeded(result)),
        (error) => end() && resolve(failed(error)),
      );
    });
  }

  /** The breaker's way is long: only failures go through it, and the success that ends a row of them. */
  function succeeded<T>(result: T): T | Promise<T> {
    if (!hasFailed || isDown()) return result;
    hasFailed = false;
    return breaker.execute(() => result);
  }

  function failed(error: unknown): Promise<never> {
    return isDown() ? Promise.reject(error) : breaker.execute(() => Promise.reject(error));
  }

  function refused(reason: StoreReason): Promise<never> {
    onFailure?.(reason);
    return Promise.reject(new StoreError(store, reason));
  }

  const isDown = () => breaker.state !== CircuitState.Closed;

  return {
    run: (work, late) => {
      if (isClosed) return refused("closed");
      if (isDown()) return refused(lastReason);
      return limited(work(), late);
    },
    state: () => (isDown() ? "down" : "up"),
    reason: () => (isDown() ? lastReason : undefined),
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
