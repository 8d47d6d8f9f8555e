import { StoreError, type StoreReason } from "@whitelabel/resilience";

// Redis' own codes for "not now" or "not you". All others (WRONGTYPE, a script's mistake) are the caller's.
const reasons = new Map<string, StoreReason>([
  ["LOADING", "refused"],
  ["MASTERDOWN", "refused"],
  ["CLUSTERDOWN", "refused"],
  ["NOAUTH", "refused"],
  ["WRONGPASS", "refused"],
  ["NOPERM", "refused"],
  ["READONLY", "read_only"],
  ["MISCONF", "disk_full"],
  ["OOM", "busy"],
  ["BUSY", "busy"],
  ["NOREPLICAS", "busy"],
  ["TRYAGAIN", "busy"],
]);

/** Whether Redis answered, though with an error. */
export function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === "ReplyError";
}

/**
 * What the driver threw, as a StoreError where Redis is to blame. The driver's own error stays here: it carries the
 * command with its arguments, and those are values.
 */
export function toStoreError(error: unknown): Error {
  if (error instanceof StoreError) return error;
  if (isReply(error)) {
    const code = /^[A-Z]+/.exec(error.message)?.[0] ?? "";
    const reason = reasons.get(code);
    return reason ? new StoreError("redis", reason, { cause: new Error(code) }) : new Error(`redis: ${error.message}`);
  }
  const isUnsent = error instanceof Error && error.message.startsWith("Stream isn't writeable");
  return new StoreError("redis", isUnsent ? "refused" : "lost");
}
