import { ApiError } from "./api-error.ts";

/** Waits; fails with `aborted` as soon as the signal says so. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortedBy(signal));
    const abort = () => {
      clearTimeout(timer);
      reject(abortedBy(signal as AbortSignal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}

export function abortedBy(signal: AbortSignal): ApiError {
  return new ApiError("aborted", "The call was aborted", { cause: signal.reason });
}
