import { findPii } from "./find-pii.ts";
import { hostileTexts, longNote } from "./hostile-texts.ts";
import type { PiiContext } from "./pii.ts";

// pnpm --filter @whitelabel/pii-guard bench: the slowest of the quietest runs, and what the promises allow.
const context: PiiContext = {
  names: [
    { first_name: "Harold", last_name: "Pemberton" },
    { first_name: "Екатерина", last_name: "Щербакова" },
    { first_name: "สมชาย", last_name: "วงศ์สุวรรณ" },
    { first_name: "小明", last_name: "王" },
    { first_name: "محمد", last_name: "العلي" },
  ],
  known: ["Victoria Suite", "Somsak", "Villa Rose"],
};

function time(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    // Time of this thread: on a busy machine the clock measures the others.
    const start = process.threadCpuUsage();
    findPii(text, context);
    const { user, system } = process.threadCpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

const show = (name: string, took: number, limit: number) =>
  console.log(`${took <= limit ? "ok " : "SLOW"} ${took.toFixed(1).padStart(7)} ms of ${limit}  ${name}`);

if (import.meta.main) {
  for (let warm = 0; warm < 30; warm++) findPii(longNote(10_000), context);
  let slow = 0;
  for (const [name, size, limit] of [["a note of 10 kB", 10_000, 5]] as const) {
    const took = time(longNote(size));
    if (took > limit) slow++;
    show(name, took, limit);
  }
  for (const [name, text] of Object.entries(hostileTexts(100_000))) {
    const took = time(text);
    if (took > 50) slow++;
    show(`100 kB: ${name}`, took, 50);
  }
  process.exitCode = slow === 0 ? 0 : 1;
}
