import { findPii } from "./find-pii.ts";
import { hostileTexts, longNote } from "./hostile-texts.ts";
import type { PiiContext } from "./pii.ts";

// pnpm --filter @whitelabel/pii-guard bench: what a text costs, five guests in four scripts on its booking, and what the promises allow.
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

// Time of this thread: on a busy machine the clock measures the others. The system counts it in steps of some
// milliseconds, so that only a mean over many runs says anything.
function time(text: string, runs: number): number {
  findPii(text, context);
  findPii(text, context);
  const start = process.threadCpuUsage();
  for (let run = 0; run < runs; run++) findPii(text, context);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000 / runs;
}

const show = (name: string, took: number, limit: number) =>
  console.log(`${took <= limit ? "ok " : "SLOW"} ${took.toFixed(1).padStart(7)} ms of ${limit}  ${name}`);

if (import.meta.main) {
  for (let warm = 0; warm < 30; warm++) findPii(longNote(10_000), context);
  let slow = 0;
  const note = time(longNote(10_000), 100);
  if (note > 5) slow++;
  show("a note of 10 kB", note, 5);
  for (const [name, text] of Object.entries(hostileTexts(100_000))) {
    const took = time(text, 8);
    if (took > 50) slow++;
    show(`100 kB: ${name}`, took, 50);
  }
  process.exitCode = slow === 0 ? 0 : 1;
}
