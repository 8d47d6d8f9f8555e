import type { Redis } from "@whitelabel/shared-redis";

/** Says that there may be new events. Nothing depends on being heard: whoever listens looks by themselves, too. */
export type EventSignal = Readonly<{
  /** Call it after the commit. It waits for nothing and never fails. */
  wake(): void;
  /** Calls `listener` for every wake, of this process and, while Redis is there, of the others. Answers how to end it. */
  listen(listener: () => void): () => void;
}>;

const CHANNEL = "front-desk-events";
/** A burst of writes is told of once. */
const TELL_EVERY_MS = 20;

export function openEventSignal(redis: Redis): EventSignal {
  const listeners = new Set<() => void>();
  let isTelling = false;

  const notify = () => {
    for (const listener of listeners) listener();
  };
  // Redis only shortens the time until the next look, so its failures are nobody's concern; its own log tells of them.
  const publish = () => {
    isTelling = false;
    void redis.publish(CHANNEL, "").catch(() => {});
  };

  return {
    wake() {
      notify();
      if (isTelling || redis.state() !== "up") return;
      isTelling = true;
      setTimeout(publish, TELL_EVERY_MS).unref();
    },
    listen(listener) {
      listeners.add(listener);
      let unsubscribe: (() => void) | undefined;
      let isOver = false;
      redis.subscribe(CHANNEL, listener).then(
        (end) => {
          if (isOver) end();
          else unsubscribe = end;
        },
        () => {},
      );
      return () => {
        isOver = true;
        listeners.delete(listener);
        unsubscribe?.();
      };
    },
  };
}
