import type { GuardOptions, OnAnswer } from "@whitelabel/resilience";

/** The product's own corner of a Redis: every key and channel given here is inside its prefix, and none can leave it. */
export interface Redis {
  get(key: string): Promise<string | undefined>;
  /** Answers whether it was set: with `ifAbsent` an existing key stays as it is. */
  set(key: string, value: string, options?: SetOptions): Promise<boolean>;
  /** Answers how many there were. */
  del(...keys: string[]): Promise<number>;
  /** Adds one. A counter that did not exist lives for `ttlMs`, from its first increment on. */
  incr(key: string, ttlMs?: number): Promise<number>;
  /**
   * The keys that begin with this text; `*` and the like mean themselves. As with SCAN, a key may come twice. It is for
   * commands and tests: SCAN shows the names of all products' keys, so the ACL of an API's user does not allow it.
   */
  scan(beginning?: string): AsyncIterable<string>;
  /** Runs a script. Name keys as KEYS only: they get the prefix, ARGV arrives as given. */
  script(script: Script, keys: readonly string[], args?: readonly (string | number)[]): Promise<unknown>;

  publish(channel: string, message: string): Promise<void>;
  /**
   * Calls `listener` for every message, also after Redis was away; messages sent meanwhile are lost. Resolves when Redis
   * listens, or at the deadline: it then takes effect when Redis is back. Answers how to end it.
   */
  subscribe(channel: string, listener: Listener): Promise<Unsubscribe>;

  ping(): Promise<void>;
  /** "absent" is the Redis-less mode: nobody configured one. */
  state(): "up" | "down" | "absent";
  /** Ends within a deadline, whatever state Redis is in. */
  close(): Promise<void>;
}

export type SetOptions = Readonly<{ ttlMs?: number; ifAbsent?: boolean }>;
export type Listener = (message: string) => void;
export type Unsubscribe = () => void;
export type Script = Readonly<{ lua: string; sha1: string }>;

export type RedisOptions = Readonly<{
  /** Without it every call is refused at once, with the reason "absent". */
  url?: string;
  /** `bestays:` */
  prefix: string;
  /** What to wait for before the driver is loaded and connects; a call waits for it, too. */
  after?: Promise<unknown> | undefined;
  /** The longest that a call may take, once the driver is there. */
  deadlineMs?: number;
  /** Called when Redis is given up and when it is back; `why` holds a code and no value. */
  onChange?: (state: "up" | "down", why?: string) => void;
  onAnswer?: OnAnswer;
  onFailure?: GuardOptions["onFailure"];
}>;
