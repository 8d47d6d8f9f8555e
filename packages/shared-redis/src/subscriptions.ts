import { once } from "node:events";
import { withDeadline } from "@whitelabel/resilience";
import type { Connection } from "./connection.ts";
import { isReply, toStoreError } from "./errors.ts";
import type { Listener, Unsubscribe } from "./redis.ts";

/** Listeners by channel, over a connection of their own that is made for the first of them. */
export function openSubscriptions(connect: () => Connection, prefix: string, deadlineMs: number) {
  const listeners = new Map<string, Set<Listener>>();
  let connection: Connection | undefined;

  function open(): Connection {
    const opened = connect();
    opened.client.on("message", (channel, message) => {
      // Each on its own: one that throws must not cost the others their message, or the driver its connection.
      for (const listener of listeners.get(channel) ?? []) queueMicrotask(() => listener(message));
    });
    opened.client.on("ready", () => {
      if (listeners.size > 0) opened.client.subscribe(...listeners.keys()).catch(() => {});
    });
    return opened;
  }

  function add(channel: string, listener: Listener): Unsubscribe {
    const those = listeners.get(channel) ?? new Set();
    listeners.set(channel, those.add(listener));
    return () => {
      if (!those.delete(listener) || those.size > 0) return;
      listeners.delete(channel);
      connection?.client.unsubscribe(channel).catch(() => {});
    };
  }

  return {
    async subscribe(name: string, listener: Listener): Promise<Unsubscribe> {
      const channel = prefix + name;
      // A function of its own, so that one listener may be given twice.
      const unsubscribe = add(channel, (message) => listener(message));
      connection ??= open();
      const { client } = connection;

      const listening = async () => {
        if (client.status !== "ready") await once(client, "ready", { signal: AbortSignal.timeout(deadlineMs) });
        await client.subscribe(channel);
      };
      try {
        await withDeadline(listening(), deadlineMs, () => new Error("late"));
      } catch (error) {
        if (isReply(error)) {
          unsubscribe();
          throw toStoreError(error);
        }
      }
      return unsubscribe;
    },

    replace: () => connection?.replace(),

    async close() {
      listeners.clear();
      await connection?.close(deadlineMs);
    },
  };
}
