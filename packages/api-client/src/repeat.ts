import { ApiError } from "./api-error.ts";
import { pause } from "./pause.ts";
import type { Operation } from "./types.ts";

const FIRST_MS = 250;
const LONGEST_MS = 4_000;
/** Whoever is told to wait longer is better told so than kept waiting. */
const LONGEST_RETRY_AFTER_S = 15;

/**
 * Whether a second effect is impossible: reading has none; PUT and DELETE have the same one again; the API gives a
 * POST's key and a change's version one effect.
 */
export function isRepeatable({ method }: Operation, headers: Headers): boolean {
  if (method === "POST") return headers.has("Idempotency-Key");
  if (method === "PATCH") return headers.has("If-Match");
  return true;
}

type How = Readonly<{ attempts: number; repeatable: boolean; signal: AbortSignal | undefined }>;

/** Runs it again, up to `attempts` times in all, for as long as its failure may pass and nothing can happen twice. */
export async function repeat<T>(run: () => Promise<T>, { attempts, repeatable, signal }: How): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ApiError) || attempt >= attempts || !mayRepeat(error, repeatable)) throw error;
      await pause(delayMs(attempt, error.retry_after), signal);
    }
  }
}

function mayRepeat(error: ApiError, repeatable: boolean): boolean {
  if (error.retry_after !== undefined && error.retry_after > LONGEST_RETRY_AFTER_S) return false;
  // Turned away at the door: nothing was done.
  if (error.status === 429) return true;
  if (!repeatable) return false;
  // A conflict that passes: the attempt that was thought lost still runs, under the same key.
  return mayPass(error) || (error.status === 409 && error.retry_after !== undefined);
}

/** Whether the same request may well succeed a little later. */
export function mayPass({ code, status }: ApiError): boolean {
  return code === "network" || code === "timeout" || [408, 429, 502, 503, 504].includes(status);
}

/** Doubles from attempt to attempt, and differs from caller to caller, lest all come back at the same moment. */
export function delayMs(attempt: number, retryAfterSeconds: number | undefined, longestMs = LONGEST_MS): number {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000 + Math.random() * FIRST_MS;
  return Math.min(FIRST_MS * 2 ** (attempt - 1), longestMs) * (0.5 + Math.random() / 2);
}
