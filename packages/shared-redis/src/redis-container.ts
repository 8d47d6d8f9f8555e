import { Redis as Client } from "ioredis";
import { GenericContainer, getContainerRuntimeClient } from "testcontainers";
import { inject } from "vitest";

/** For tests: whether containers can be started here; the global set-up asked the engine. */
export const hasDocker = inject("docker").reachable;

/** For tests: a Redis of their own, a driver's client that may do everything, and what can befall a server. */
export async function startRedis(options: { hostPort?: number; command?: string[] } = {}) {
  const port = options.hostPort === undefined ? 6379 : { container: 6379, host: options.hostPort };
  const image = new GenericContainer("redis:8-alpine").withExposedPorts(port);
  const container = await (options.command ? image.withCommand(options.command) : image).start();
  const engine = (await getContainerRuntimeClient()).container.getById(container.getId());
  const address = `${container.getHost()}:${container.getMappedPort(6379)}`;
  const raw = new Client(`redis://${address}`);
  raw.on("error", () => {});

  return {
    address,
    url: `redis://${address}`,
    raw,
    freeze: () => engine.pause(),
    thaw: () => engine.unpause(),
    kill: () => engine.kill(),
    start: () => engine.start(),
    async stop() {
      raw.disconnect();
      await engine.unpause().catch(() => {}); // a test may have failed while it was frozen
      await container.stop({ timeout: 0 });
    },
  };
}

export type RedisContainer = Awaited<ReturnType<typeof startRedis>>;
