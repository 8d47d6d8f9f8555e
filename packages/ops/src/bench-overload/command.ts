import { availableParallelism } from "node:os";
import { styleText } from "node:util";
import { findProduct, products } from "@whitelabel/shared-config";
import { Command } from "commander";
import { comeFirst, leaveFirstCore } from "../bench/spawn-server.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { createProgress } from "../dev/progress.ts";
import { startApiServer } from "./api-server.ts";
import { type Answers, Load, lostOf, quantile } from "./load.ts";

type Options = { product: string; path: string; times: number; seconds: number; json?: boolean };

/** `pnpm bench:overload`: what an API does with several times as many requests as it can answer, and afterwards. */
export function benchOverloadCommand(): Command {
  return new Command("bench:overload")
    .description(
      "Sends an API several times what it can answer: goodput, how soon it refuses, how soon it is well again.",
    )
    .option("--product <id>", "whose API", products[0]?.id)
    .option("--path <path>", "what is asked for", "/api/v1/properties?limit=20")
    .option("--times <n>", "how many times its capacity", Number, 5)
    .option("--seconds <n>", "how long each part lasts", Number, 10)
    .option("--json", "for programs: one JSON document on stdout")
    .action(async (options: Options) => {
      const figures = await measure(options);
      if (options.json) printJson(figures);
      else print(options, figures);
      if (!isGood(figures)) throw new OpsError("The API did not bear the overload as it should.");
    });
}

/** So many clients, or a proxy with as many connections: an answer of 100 ms lets them ask 10,000 times a second. */
const CONNECTIONS = 1_000;

type Figures = Awaited<ReturnType<typeof measure>>;

async function measure({ product: id, path, times, seconds }: Options) {
  const product = findProduct(id);
  if (!product) throw new OpsError(`There is no product ${id}.`);
  leaveFirstCore();
  const progress = createProgress();
  const api = await progress.step("Starting", () => startApiServer(product));
  const isFirst = comeFirst();
  const load = new Load(api.port, [{ path }], CONNECTIONS);
  try {
    await progress.step("Warming up", async () => {
      await load.connect();
      await load.closed(64, 3);
    });
    const peak = goodputOf(await progress.step("Looking for the capacity", () => load.closed(64, seconds)), seconds);
    const started = performance.now();
    const usage = process.cpuUsage();
    const overload = await progress.step(`${times} times as much`, () => load.open(peak * times, seconds));
    const isBefore = (at = 0) => at <= started + seconds * 1_000;
    const ended = performance.now();
    const { user, system } = process.cpuUsage(usage);
    const after = await progress.step("And half of it, afterwards", () => load.open(peak / 2, AFTER_S));
    const sheds = only(overload, (status) => status === 503 || status === 429);
    const served = only(overload, (status) => status === 200);
    return {
      path,
      clients_come_first: isFirst,
      peak,
      offered: overload.statuses.length / seconds,
      unsent: overload.unsent,
      goodput:
        overload.statuses.filter((status, index) => status === 200 && isBefore(overload.atMs[index])).length / seconds,
      served_p99_ms: quantile(served, 0.99),
      sheds: sheds.length,
      shed_p50_ms: quantile(sheds, 0.5),
      shed_p99_ms: quantile(sheds, 0.99),
      other_statuses:
        overload.statuses.filter((status) => ![200, 429, 503].includes(status)).length +
        lostOf(overload) +
        lostOf(after),
      recovery_s: recoveryOf(after, ended),
      clients_cpu: (user + system) / 1_000 / (ended - started) / availableParallelism(), // without the first: we left it
      resident_mb: await residentOf(api.pid),
    };
  } finally {
    load.end();
    await api.stop();
  }
}

const goodputOf = ({ statuses }: Answers, seconds: number) =>
  statuses.filter((status) => status === 200).length / seconds;

const only = ({ statuses, tookMs }: Answers, isMeant: (status: number) => boolean): number[] =>
  tookMs.filter((_, index) => isMeant(statuses[index] ?? 0));

const AFTER_S = 8;
const WINDOW_MS = 250;

/** Until the last quarter of a second whose requests were not all served, or half of them took a tenth of a second. */
function recoveryOf({ statuses, tookMs, atMs }: Answers, since: number): number {
  const sentAt = (index: number) => (atMs[index] ?? since) - (tookMs[index] ?? 0);
  const last = (AFTER_S * 1_000) / WINDOW_MS - 1; // the few that were sent a little later belong to it
  const windowOf = (index: number) => Math.min(last, Math.floor((sentAt(index) - since) / WINDOW_MS));
  const windows = Map.groupBy(atMs.keys(), windowOf);
  const isWell = (answers: readonly number[]) =>
    answers.every((index) => statuses[index] === 200) &&
    quantile(
      answers.map((index) => tookMs[index] ?? 0),
      0.5,
    ) <= 100;
  const ill = [...windows].filter(([, answers]) => !isWell(answers)).map(([window]) => window);
  return ((Math.max(-1, ...ill) + 1) * WINDOW_MS) / 1_000;
}

async function residentOf(pid: number): Promise<number | undefined> {
  if (process.platform !== "linux") return undefined;
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024);
}

const goals = { goodput: 0.8, shedMs: 100, recoverySeconds: 5 };

function isGood({ peak, goodput, shed_p99_ms, other_statuses, recovery_s }: Figures): boolean {
  const isServing = goodput >= goals.goodput * peak && other_statuses === 0;
  return isServing && shed_p99_ms <= goals.shedMs && recovery_s <= goals.recoverySeconds;
}

function print({ times }: Options, figures: Figures): void {
  const mark = (isMet: boolean, goal: string) => styleText(isMet ? "green" : "red", `${isMet ? "✓" : "✗"} ${goal}`);
  const { peak, offered, goodput, served_p99_ms, sheds, shed_p50_ms, shed_p99_ms, recovery_s, resident_mb } = figures;
  printTable(
    ["", "measured", "goal"],
    [
      ["capacity, 64 clients", `${peak.toFixed(0)}/s`, ""],
      [`asked for, ${times} times`, `${offered.toFixed(0)}/s`, ""],
      ["goodput", `${goodput.toFixed(0)}/s`, mark(goodput >= goals.goodput * peak, `≥ ${goals.goodput * 100} %`)],
      ["as a share", `${((goodput / peak) * 100).toFixed(0)} %`, ""],
      ["p99 of what was served", `${served_p99_ms.toFixed(0)} ms`, ""],
      ["refused", String(sheds), ""],
      ["p50 of refusals", `${shed_p50_ms.toFixed(0)} ms`, ""],
      ["p99 of refusals", `${shed_p99_ms.toFixed(0)} ms`, mark(shed_p99_ms <= goals.shedMs, `≤ ${goals.shedMs} ms`)],
      ["other answers, broken", String(figures.other_statuses), mark(figures.other_statuses === 0, "0")],
      ["never sent", String(figures.unsent), ""],
      [
        "well again after",
        `${recovery_s.toFixed(1)} s`,
        mark(recovery_s <= goals.recoverySeconds, `≤ ${goals.recoverySeconds} s`),
      ],
      ["of the other cores the clients took", `${(figures.clients_cpu * 100).toFixed(0)} %`, ""],
      ["resident memory", `${resident_mb ?? "?"} MB`, ""],
    ],
  );
  if (!figures.clients_come_first) {
    console.log("The clients wait for their core like everybody else, and that counts as the API's: chrt needs root.");
  }
}
