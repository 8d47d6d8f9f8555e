import { connect, createServer, type Socket } from "node:net";

/** For tests: a way to a server on which connections can go silent for ever, as when a machine vanishes from the network. */
export async function startProxy(address: string) {
  const { hostname, port } = new URL(`tcp://${address}`);
  const links = new Set<readonly [Socket, Socket]>();
  const server = createServer({ allowHalfOpen: true }, (inner) => {
    const outer = connect({ host: hostname, port: Number(port) });
    for (const socket of [inner, outer]) socket.on("error", () => {});
    inner.pipe(outer).pipe(inner);
    links.add([inner, outer]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `redis://127.0.0.1:${(server.address() as { port: number }).port}`,
    /** Those of now answer no more, not even to being closed; new ones work. */
    silence() {
      for (const [inner, outer] of links) {
        inner.unpipe(outer).pause();
        outer.unpipe(inner).resume();
      }
    },
    cut() {
      for (const link of links) for (const socket of link) socket.destroy();
      links.clear();
    },
    stop() {
      this.cut();
      server.close();
    },
  };
}
