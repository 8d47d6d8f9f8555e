export type ClientOptions = Readonly<{
  /** Where the product's API is, `https://api.example.com`; empty for the page's own origin. */
  baseUrl: string;
  /**
   * The caller's token, asked for before every request, so that it is never an expired one: Clerk's `getToken`, or
   * a guest's `gl_…`. Without one a request goes out anonymously. What it throws is thrown as it is.
   */
  token?: () => string | null | undefined | Promise<string | null | undefined>;
  /** The language that texts are wanted in; a function where it can change. */
  locale?: string | (() => string | undefined);
  /** Default: the global `fetch`. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** How often a call that is safe to repeat is sent at most, the first time included. Default 3. */
  attempts?: number;
  /** How long one attempt may take, in milliseconds. Default 10,000. */
  timeoutMs?: number;
}>;

/** What every call takes beside its input. */
export type ReadOptions = Readonly<{
  /** Ends the call, also while it waits to be sent again: an ApiError `aborted`. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds. */
  timeoutMs?: number | undefined;
  /** Sees the answer's status and headers (`ETag`, `X-Request-Id`, `RateLimit`) before the call returns. */
  onResponse?: ((response: Pick<Response, "status" | "headers">) => void) | undefined;
}>;

export type CreateOptions = ReadOptions &
  Readonly<{
    /**
     * Sent again with the same key, a request has its effect once. Default: a new one for each call. Keep your own to
     * repeat a call yourself, after a reload for example.
     */
    idempotencyKey?: string | undefined;
  }>;

export type ChangeOptions = ReadOptions &
  Readonly<{
    /** The `version` that was shown when the change was made; `precondition_failed` if it is no longer the newest. */
    version?: Version | undefined;
  }>;

/** The `version` field of what is changed, or the `ETag` it came with. */
export type Version = number | string;

export type StreamOptions = Readonly<{
  /** Ends the stream, quietly. */
  signal?: AbortSignal | undefined;
  /** The id of the last event that was seen: the stream goes on after it. */
  lastEventId?: string | undefined;
  /** Told true when the stream is there and false when it is lost, but not when it is only renewed, as it often is. */
  onConnection?: ((isConnected: boolean) => void) | undefined;
}>;

/** An event of a stream. */
export type StreamEvent<Data> = Readonly<{
  /** The position to go on from: `lastEventId` of a later stream. Empty if the stream cannot be resumed. */
  id: string;
  /** `message` unless the server names it; `reset` says that events were missed: read everything anew. */
  event: string;
  data: Data;
}>;

type Page = Readonly<{ items: readonly unknown[]; next_cursor: string | null }>;

/** A list, page by page. */
export interface PagedMethod<Args extends readonly unknown[], List extends Page> {
  /** One page; `next_cursor` is the `cursor` of the next. */
  (...args: [...Args, options?: ReadOptions]): Promise<List>;
  /** Every page from here on, each read when it is asked for. */
  pages(...args: [...Args, options?: ReadOptions]): AsyncGenerator<List, void, undefined>;
  /** Every item of every page, each page read when it is asked for. */
  items(...args: [...Args, options?: ReadOptions]): AsyncGenerator<List["items"][number], void, undefined>;
}

/** @internal What of a route has to be known at run time. */
export type Operation = Readonly<{
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** Takes no input: the first argument is the options. */
  bare?: true;
  /** Has its effect once for an `Idempotency-Key`. */
  once?: true;
  paged?: true;
  /** Whether it answers with a stream of events: always, or if asked to. */
  events?: "only" | "too";
}>;
