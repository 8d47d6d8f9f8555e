import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A collector of traces that keeps what it gets. */
export async function startCollector() {
  const received: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const bytes of incoming) chunks.push(bytes as Buffer);
    received.push(Buffer.concat(chunks).toString());
    outgoing.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    text: () => received.join("\n"),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
