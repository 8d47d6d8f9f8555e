import type { Server } from "node:http";
import net, { type AddressInfo, createServer, isIPv4, type Server as NetServer } from "node:net";
import { setImmediate } from "node:timers/promises";

/**
 * libuv (since 1.52, seen) accepts one connection a turn of the event loop from each listening socket. Under load a turn
 * takes tens of milliseconds, so of a crowd that comes at once most would wait for seconds at the door, unseen and not
 * even refused.
 */
const DOORS = 32;
/** Connections that wait at each; of Node's 511 a crowd would have to try again, after a second. */
const BACKLOG = 4_096;

/** Listens with many sockets on one port, between which the kernel deals; with one where it cannot. */
export async function listenWide(server: Server, host: string, port: number): Promise<void> {
  // Sockets that share a port would also share it with another process of ours, so first look whether it is free.
  if (port !== 0) await expectFree(host, port);
  try {
    await listen(server, { host, port, backlog: BACKLOG, reusePort: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTSUP" && code !== "EINVAL" && code !== "ENOPROTOOPT") throw error;
    await listenOnce(server, host, port);
    return;
  }
  const shared = { host, port: (server.address() as AddressInfo).port, backlog: BACKLOG, reusePort: true };
  const doors = Array.from({ length: DOORS - 1 }, () =>
    createServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit("connection", socket)),
  );
  closeWith(server, doors);
  for (const door of doors) {
    try {
      await listen(door, shared);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return; // a Node before 22.12 cannot share a port
      throw error;
    }
    await setImmediate(); // who has come already is answered first
  }
}

/** Listens with one socket. */
export function listenOnce(server: NetServer, host: string, port: number): Promise<void> {
  return listen(server, { host, port, backlog: BACKLOG });
}

async function expectFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, { host, port });
  await new Promise((resolve) => probe.close(resolve));
}

type Options = Readonly<{ host: string; port: number; backlog?: number; reusePort?: boolean }>;

function listen(server: NetServer, { backlog, ...address }: Options): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => {
      server.off("error", reject);
      resolve();
    });
    // An address that Node is told by its text is first looked up as if it were a name: 8 ms of a start.
    if (net.BoundSocket && isIPv4(address.host)) server.listen(new net.BoundSocket(address), backlog);
    else server.listen({ ...address, backlog });
  });
}

/** The server is closed when the connections of every door are. */
function closeWith(server: Server, doors: readonly NetServer[]): void {
  const closeServer = server.close.bind(server);
  server.close = (done) => {
    let open = doors.length + 1;
    const onClosed = () => {
      open -= 1;
      if (open === 0) done?.();
    };
    for (const door of doors) door.close(onClosed);
    return closeServer(onClosed);
  };
}
