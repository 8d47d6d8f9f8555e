import { errorOf } from "./answer-error.ts";
import { ApiError } from "./api-error.ts";
import { abortedBy } from "./pause.ts";
import type { ClientOptions } from "./types.ts";

const TIMEOUT_MS = 10_000;

export type Call = Readonly<{
  url: string;
  method: string;
  headers: Headers;
  body?: string | undefined;
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
}>;

export type Transport = ReturnType<typeof openTransport>;

/** Sends one request as this client's caller. What comes back is 2xx; every failure is an ApiError. */
export function openTransport({ token, locale, timeoutMs: usualMs = TIMEOUT_MS, ...options }: ClientOptions) {
  const doFetch = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));

  /** `read` is part of the attempt: an answer that is lost halfway is none. */
  return async function send<T>(call: Call, read: (response: Response) => Promise<T>): Promise<T> {
    const headers = new Headers(call.headers);
    const bearer = await token?.();
    if (bearer) headers.set("Authorization", `Bearer ${bearer}`);
    const language = typeof locale === "function" ? locale() : locale;
    if (language) headers.set("Accept-Language", language);

    const deadline = startDeadline(call.timeoutMs ?? usualMs, call.signal);
    try {
      const response = await doFetch(call.url, {
        method: call.method,
        headers,
        signal: deadline.signal,
        credentials: "omit", // who calls is said by the token alone
        ...(call.body !== undefined && { body: call.body }),
      });
      if (!response.ok) throw errorOf(response, await response.text());
      return await read(response);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      if (call.signal?.aborted) throw abortedBy(call.signal);
      if (deadline.isOver()) throw new ApiError("timeout", "The API took too long to answer", { cause: error });
      throw new ApiError("network", "The API could not be reached, or its answer was lost", { cause: error });
    } finally {
      deadline.end();
    }
  };
}

/** A signal for one attempt: the caller's, or the end of the time it may take. */
function startDeadline(ms: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    controller.abort();
  }, ms);
  const abort = () => controller.abort(outer?.reason);
  if (outer?.aborted) abort();
  outer?.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    isOver: () => isOver,
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", abort);
    },
  };
}

/** The JSON of an answer; undefined if it has no content. */
export async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { status, headers } = response;
    const request_id = headers.get("X-Request-Id") ?? undefined;
    throw new ApiError("unexpected", `The answer ${status} is not the API's`, { status, request_id, cause });
  }
}
