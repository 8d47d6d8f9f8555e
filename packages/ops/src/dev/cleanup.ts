import { watchPackageManager } from "../process/ancestors.ts";

type Task = () => Promise<unknown> | unknown;

export type Cleanup = ReturnType<typeof createCleanup>;

/** What has to be undone at the end, last first, each part whatever became of the others. */
export function createCleanup() {
  const tasks: Task[] = [];
  let running: Promise<void> | undefined;

  async function undo() {
    for (let task = tasks.pop(); task; task = tasks.pop()) {
      try {
        await task();
      } catch (error) {
        process.stderr.write(`While stopping: ${error instanceof Error ? error.message : error}\n`);
      }
    }
  }

  return {
    /** Once everything is being undone, what is added is undone at once and its maker is stopped. */
    add(task: Task) {
      tasks.push(task);
      if (!running) return;
      running = running.then(undo);
      throw new Error("Stopping");
    },
    async run() {
      running ??= undo();
      await running;
    },
  };
}

/** Resolves with the signal that asks this process to end; asked again a second later, it ends at once. */
export function untilStopped(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let first: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      resolve(signal);
      first ??= performance.now();
      // A terminal sends Ctrl-C to the whole group and npx and pnpm pass it on, so one press may arrive three times.
      if (performance.now() - first > 1_000) process.exit(130); // the guards end what is left
    });
  }
  watchPackageManager(() => resolve("SIGTERM"));
  return promise;
}
