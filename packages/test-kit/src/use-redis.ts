import { afterAll, beforeAll } from "vitest";

/**
 * A Redis in a container, for this `describe`, which `describeWithDocker` has to be. `stop` takes it away for good;
 * `cli` asks it as its owner.
 */
export function useRedis() {
  let running: Awaited<ReturnType<typeof start>> | undefined;
  beforeAll(async () => {
    running = await start();
  }, 60_000);
  afterAll(() => running?.container.stop({ timeout: 0 }));

  const ready = () => {
    if (!running) throw new Error("Redis is there from beforeAll on, not while tests are being collected");
    return running;
  };
  return {
    get url() {
      const { container } = ready();
      return `redis://${container.getHost()}:${container.getMappedPort(6379)}`;
    },
    cli: async (...command: string[]): Promise<string[]> => {
      const { output } = await ready().container.exec(["redis-cli", ...command]);
      return output.split("\n").filter(Boolean);
    },
    /** The container ends under the call. */
    stop: async (): Promise<void> => {
      await ready()
        .container.exec(["redis-cli", "shutdown", "nosave"])
        .catch(() => {});
    },
  };
}

/** Loaded with the first container: it is large, and most runs need none. */
async function start() {
  const { GenericContainer } = await import("testcontainers");
  return { container: await new GenericContainer("redis:8-alpine").withExposedPorts(6379).start() };
}
