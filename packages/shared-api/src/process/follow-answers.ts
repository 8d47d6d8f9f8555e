import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** On the socket itself: to look in a WeakMap costs more, and more again when garbage is collected. */
const last = Symbol("last exchange");
type Followed = Duplex & { [last]?: Readonly<{ incoming: IncomingMessage; outgoing: ServerResponse }> };

/**
 * Knows of each connection whether what is written to it now would be read as the answer to what came in last. Behind
 * an answer that was given already, or in front of one that is still to come, a client would take it for another's.
 */
export function followAnswers() {
  return {
    begin(incoming: IncomingMessage, outgoing: ServerResponse): void {
      (incoming.socket as Followed)[last] = { incoming, outgoing };
    },
    isDue(socket: Duplex): boolean {
      const exchange = (socket as Followed)[last];
      if (!exchange) return true;
      const { incoming, outgoing } = exchange;
      if (incoming.complete) return outgoing.writableFinished; // what failed came after it
      return !outgoing.headersSent && outgoing.socket === socket; // its own body failed, and its turn has come
    },
  };
}
