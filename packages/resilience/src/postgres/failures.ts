import { type Store, StoreError, type StoreReason, storeErrorIn } from "../store-error.ts";

/** SQLSTATEs and error codes of the driver that tell of the server and not of the statement. */
const reasons: Record<string, StoreReason> = {
  // The connection could not be made.
  ECONNREFUSED: "refused",
  ENOTFOUND: "refused",
  EAI_AGAIN: "refused",
  EHOSTUNREACH: "refused",
  ENETUNREACH: "refused",
  ENOENT: "refused", // a Unix socket that is not there
  CONNECT_TIMEOUT: "refused",
  "28000": "refused",
  "28P01": "refused",
  "3D000": "refused",
  "53300": "refused", // too many connections
  "57P03": "refused", // starting up or shutting down
  "57P04": "refused",

  // It broke.
  CONNECTION_CLOSED: "lost",
  CONNECTION_DESTROYED: "lost",
  CONNECTION_ENDED: "closed",
  ECONNRESET: "lost",
  ECONNABORTED: "lost",
  EPIPE: "lost",
  ETIMEDOUT: "lost",
  "57P01": "lost",
  "57P02": "lost",
  "57P05": "lost",
  "25P03": "lost",

  // It lives, but not for this statement.
  "57014": "busy",
  "55P03": "busy",
  "53000": "busy",
  "53200": "busy",
  "53400": "busy",
  "40001": "conflict",
  "40P01": "conflict",
  "25006": "read_only",
  "53100": "disk_full",
  "58030": "disk_full",
};

/**
 * The driver's error as a StoreError where it speaks of the server, unchanged where it speaks of the statement (a
 * constraint, a syntax error): that is for the feature to understand.
 */
export function asStoreError(store: Store, error: unknown, more: Record<string, StoreReason> = {}): unknown {
  if (storeErrorIn(error)) return error;
  const code = codeOf(error);
  if (!code) return error;
  const reason = more[code] ?? reasonOf(code, isFatal(error));
  return reason ? new StoreError(store, reason, { cause: error }) : error;
}

function reasonOf(code: string, isFatal: boolean): StoreReason | undefined {
  if (isFatal && code === NO_RIGHT) return "wrong_database";
  if (reasons[code]) return reasons[code];
  if (code.startsWith("08")) return "lost";
  return isFatal ? "refused" : undefined;
}

/** As a fatal error: this role may not CONNECT to this database. Of a statement, it is a mistake of ours. */
const NO_RIGHT = "42501";

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** The server ended the connection over it: a login without the right to connect, say. */
function isFatal(error: unknown): boolean {
  return error instanceof Error && "severity" in error && error.severity === "FATAL";
}

/** Whether a statement may be sent again when the connection under it broke: it reads, and changes nothing. */
export function isRead(text: string): boolean {
  let known = knownReads.get(text);
  if (known === undefined) {
    known =
      /^\s*(select|with|show|values)\b/i.test(text) && !/\b(insert|update|delete|merge|nextval|setval)\b/i.test(text);
    if (knownReads.size < 10_000) knownReads.set(text, known);
  }
  return known;
}
const knownReads = new Map<string, boolean>();
