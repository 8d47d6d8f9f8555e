import { storeErrorIn } from "@whitelabel/shared-db";
import { inScope, type Scope } from "../front-desk/branches.ts";
import type { EventFeed } from "./event-feed.ts";
import { comeBack, encode, frameOf, heartbeat, ready, reset, resumed } from "./frames.ts";

/** One client's stream, as the keeper of all of them sees it. */
export type EventStream = Readonly<{
  body: ReadableStream<Uint8Array>;
  /** The branches that are told of from now on. */
  narrow(scope: Scope): void;
  /** When something was last given to the client, and since when it has not taken what is there for it. */
  state(): Readonly<{ sentAt: number; stalledSince: number | undefined }>;
  beat(): void;
  /** Ends it in order: the client comes back after so long and goes on where it was. */
  end(retryMs: number): void;
}>;

type Options = Readonly<{
  feed: EventFeed;
  scope: Scope;
  /** `Last-Event-ID`; "unreadable" if it is none of ours, undefined for a new client. */
  from: number | "unreadable" | undefined;
  onClose: () => void;
  /** For what is not a store that is away. */
  onFailure: (error: unknown) => void;
}>;

/** What waits for a client here, beside the buffers of its connection; what is beyond stays in the table. */
const BUFFER_BYTES = 16_384;
const RETRY_MS = 2_000;

/**
 * The events from a position on, as fast as the client takes them: a slow one reads the table later, and nothing of it
 * piles up here.
 */
export function openEventStream({ feed, from, onClose, onFailure, ...options }: Options): EventStream {
  let { scope } = options;
  let position: number | undefined;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let isOver = false;
  let sentAt = performance.now();
  let stalledSince: number | undefined;
  let goOn = () => {};
  const leave = feed.join();

  const body = new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given;
      },
      pull: () => {
        stalledSince = undefined;
        goOn();
      },
      cancel: close,
    },
    { highWaterMark: BUFFER_BYTES, size: (chunk) => chunk.byteLength },
  );
  const hasRoom = () => (controller?.desiredSize ?? 0) > 0;

  function send(text: string): void {
    if (isOver || !controller) return;
    controller.enqueue(encode(text));
    sentAt = performance.now();
    if (!hasRoom()) stalledSince ??= sentAt;
  }

  async function begin(): Promise<void> {
    const now = await feed.now();
    position = typeof from === "number" ? from : now;
    if (from === undefined) send(ready(now));
    else send(from === "unreadable" ? reset(now) : resumed());
  }

  async function tellNext(): Promise<void> {
    const at = position ?? 0;
    const found = await feed.after(at);
    if (isOver) return;
    if ("unknown" in found) {
      position = found.now;
      send(reset(found.now));
      return;
    }
    const last = found.events.at(-1);
    if (!last) {
      await until((tell) => feed.onNews(at, tell));
      return;
    }
    const told = found.events.filter(({ property_id }) => inScope(scope, property_id));
    position = last.position;
    if (told.length > 0) send(told.map(frameOf).join(""));
  }

  /** Waits for what calls back; the end of the stream, too. */
  async function until(register: (tell: () => void) => () => void): Promise<void> {
    let unregister = () => {};
    await new Promise<void>((resolve) => {
      goOn = resolve;
      unregister = register(resolve);
    });
    unregister();
  }

  async function run(): Promise<void> {
    try {
      await begin();
      while (!isOver) {
        if (hasRoom()) await tellNext();
        else await until(() => () => {});
      }
    } catch (error) {
      if (!storeErrorIn(error)) onFailure(error);
      // The database is away, as its own log says. The client comes back to where it was.
      end(RETRY_MS * (1 + Math.random()));
    }
  }

  function end(retryMs: number): void {
    if (isOver) return;
    send(comeBack(retryMs));
    controller?.close();
    close();
  }

  function close(): void {
    if (isOver) return;
    isOver = true;
    leave();
    goOn();
    onClose();
  }

  void run();
  return {
    body,
    narrow: (to) => {
      scope = to;
    },
    state: () => ({ sentAt, stalledSince }),
    beat: () => {
      if (hasRoom()) send(heartbeat(position));
    },
    end,
  };
}
