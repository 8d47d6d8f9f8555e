import { createProgress } from "../dev/progress.ts";
import type { FanOutOptions, Outcome, Target } from "./fan-out.ts";

/** So that a log without a terminal shows that something still goes on. */
const HEARTBEAT_MS = 10_000;

/** Shows a fan-out on stderr while it runs; stdout stays free for its result. */
export async function followFanOut(
  targets: readonly Target[],
  run: (follow: Pick<FanOutOptions, "log" | "onDone">) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const progress = createProgress();
  const many = targets.length > 1;
  const what = many ? `${targets.length} databases` : `the database of ${targets[0]?.name}`;
  const waiting = new Set(targets);
  const stand = () => {
    const names = [...waiting].slice(0, 3).map(({ name }) => name);
    return `${targets.length - waiting.size} of ${targets.length} done, waiting for ${names.join(", ")}${waiting.size > 3 ? ", …" : ""}`;
  };
  const heartbeat = setInterval(() => {
    if (!process.stderr.isTTY) progress.say(`still migrating: ${stand()}`);
  }, HEARTBEAT_MS);
  try {
    return await progress.step(
      `Migrating ${what}`,
      () =>
        run({
          log: (target, line) => progress.say(`${target.name}: ${line}`),
          onDone: ({ target, state }) => {
            waiting.delete(target);
            if (many && state === "failed") progress.say(`${target.name}: failed`);
            if (many) progress.update(`Migrating: ${stand()} …`);
          },
        }),
      (outcomes) => `${outcomes.filter(({ state }) => state !== "failed").length} of ${targets.length} done`,
      (outcomes) => outcomes.every(({ state }) => state !== "failed"),
    );
  } finally {
    clearInterval(heartbeat);
  }
}
