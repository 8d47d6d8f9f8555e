import { withDeadline } from "@whitelabel/resilience";
import { Redis as Client } from "ioredis";

/** Redis answers a handshake in a millisecond; with the longest pause this stays below the promised two seconds. */
const HANDSHAKE_MS = 500;
const CONNECT_MS = 1000;
const LONGEST_PAUSE_MS = 500;

export type Connection = ReturnType<typeof connect>;

/** One connection that comes back by itself, fails at once while it is away, and never throws where nobody listens. */
export function connect(url: string) {
  const client = new Client(url, {
    enableOfflineQueue: false,
    // With 1, a command in flight when the connection breaks hangs until a second break. Zero rejects it at once; it is
    // not sent again, for it may have been done: an increment must not count twice.
    maxRetriesPerRequest: 0,
    autoResubscribe: false, // subscriptions.ts does it, also for those made while Redis was away
    enableReadyCheck: false, // asks for INFO, which the product's user may not; LOADING is an answer like any other
    retryStrategy: (attempt) => Math.min(2 ** attempt * 10, LONGEST_PAUSE_MS),
    connectTimeout: CONNECT_MS,
    disconnectTimeout: 20, // a frozen server does not answer a FIN
  });

  let lastError: string | undefined;
  client.on("error", (error: Error & { code?: string }) => {
    lastError = error.code ?? /^[A-Z]+/.exec(error.message)?.[0] ?? "unknown";
  });
  client.on("ready", () => {
    lastError = undefined;
  });
  endStuckHandshakes(client);

  return {
    client,
    /** Settles with the first connection, made or failed: who calls right after opening waits for it. */
    firstAttempt: new Promise<void>((resolve) => {
      client.once("ready", resolve);
      client.once("close", resolve);
    }),
    lastError: () => lastError,
    /** A new connection instead of this one; in any other state one is on its way already. */
    replace() {
      if (client.status === "ready" || client.status === "connect") client.disconnect(true);
    },
    async close(deadlineMs: number) {
      if (client.status === "ready")
        await withDeadline(client.quit(), deadlineMs, () => new Error("late")).catch(() => {});
      client.disconnect();
    },
  };
}

// The driver's connect timeout ends with TCP's handshake, which the kernel of a frozen server completes for it.
function endStuckHandshakes(client: Client) {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  client.on("connect", () => {
    stop();
    timer = setTimeout(() => client.status === "connect" && client.disconnect(true), HANDSHAKE_MS);
    timer.unref();
  });
  client.on("ready", stop);
  client.on("close", stop);
}
