import { styleText } from "node:util";
import { findProduct, products } from "@whitelabel/shared-config";
import { Command, Option } from "commander";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { createProgress } from "../dev/progress.ts";
import { measureFirstAnswer } from "./first-answer.ts";
import { type Comparison, compare, drift } from "./measure.ts";
import { routeNames, routesOf } from "./routes.ts";
import { isPinned, leaveFirstCore } from "./spawn-server.ts";
import { type Stage, setStage, startApi } from "./stage.ts";
import { type FloorDriver, floorDrivers, startFloor } from "./start-floor.ts";

type Options = Readonly<{
  product: string;
  routes?: string[];
  rounds: number;
  seconds: number;
  warm: number;
  pool: number;
  floorDriver: FloorDriver;
  starts: number;
  drift: number;
  profile?: string;
  json?: boolean;
}>;

/** `pnpm bench`: the main routes beside a floor written by hand, in one run. */
export function benchCommand(): Command {
  return new Command("bench")
    .description("Compares a product's API with a server written by hand for the same answers.")
    .option("--product <id>", "whose API", products[0]?.id)
    .option("--routes <names...>", `some of ${routeNames.join(", ")}; all if left out`)
    .option("--rounds <n>", "how often each is asked, in turns", Number, 9)
    .option("--seconds <n>", "how long each round lasts", Number, 2)
    .option("--warm <n>", "how many seconds each is asked before", Number, 5)
    .option("--pool <n>", "connections to each database, of both", Number, 4)
    .addOption(
      new Option("--floor-driver <name>", "the floor's postgres.js: with its queue repaired, or with all of our patch")
        .choices(floorDrivers)
        .default("repaired"),
    )
    .option("--starts <n>", "how often the bundle is started for its first answer", Number, 5)
    .option("--drift <n>", "asks for listings so many times more, and tells the CPU a request in ten parts", Number, 0)
    .option("--profile <folder>", "where V8 writes what the API spent its time on (the ratios suffer)")
    .option("--json", "for programs: one JSON document on stdout")
    .action(async (options: Options) => {
      const figures = await measureAll(options);
      if (options.json) printJson(figures);
      else print(figures);
    });
}

type AllFigures = Awaited<ReturnType<typeof measureAll>>;

async function measureAll(options: Options) {
  const product = findProduct(options.product);
  if (!product) throw new OpsError(`There is no product ${options.product}.`);
  const unknown = options.routes?.find((name) => !routeNames.includes(name));
  if (unknown) throw new OpsError(`There is no route ${unknown}.`, `Known: ${routeNames.join(", ")}.`);
  leaveFirstCore();
  const progress = createProgress();
  const stage = await progress.step("Setting the stage", () => setStage(product));
  try {
    const first_answer =
      options.starts > 0
        ? await progress.step("Starting the bundle", () => measureFirstAnswer(stage, options.starts))
        : undefined;
    return {
      product: product.id,
      is_pinned: isPinned,
      floor_driver: options.floorDriver,
      first_answer,
      ...(await measureRoutes(stage, options, progress)),
    };
  } finally {
    await stage.stop();
  }
}

async function measureRoutes(stage: Stage, options: Options, progress: ReturnType<typeof createProgress>) {
  const { pool, routes: wanted } = options;
  const api = await startApi(stage, { DATABASE_POOL_SIZE: String(pool), DATABASE_MAX_OVERFLOW: "0" }, options.profile);
  const floor = await startFloor(stage, options);
  try {
    const all = await routesOf(stage, api.port);
    const unknown = wanted?.find((name) => !all.some((route) => route.name === name));
    if (unknown)
      throw new OpsError(`There is no route ${unknown}.`, `Known: ${all.map(({ name }) => name).join(", ")}`);
    const routes: Comparison[] = [];
    for (const route of all) {
      if (wanted && !wanted.includes(route.name)) continue;
      routes.push(
        await progress.step(
          route.name,
          () => compare({ api, floor }, route, options),
          ({ name, rate_ratio, cpu_ratio }) => `${name} ${two(rate_ratio.median)} (CPU ${two(cpu_ratio.median)})`,
        ),
      );
    }
    const calls = all.find(({ name }) => name === "listing")?.calls.api ?? [];
    const drifted =
      options.drift > 0 ? await progress.step("Looking for drift", () => drift(api, calls, options.drift)) : undefined;
    return { pool, routes, drift: drifted };
  } finally {
    await Promise.all([api.stop(), floor.stop()]);
  }
}

const driverNames: Readonly<Record<FloorDriver, string>> = {
  repaired: "postgres.js with its queue repaired, as the goals were set",
  ours: "ours, with all of its patch",
};

const two = (value: number) => value.toFixed(2);

function print({ is_pinned, floor_driver, first_answer, routes, drift: drifted }: AllFigures): void {
  const mark = (isMet: boolean, goal: string) => styleText(isMet ? "green" : "red", `${isMet ? "✓" : "✗"} ${goal}`);
  printTable(
    ["", "rate", "p50", "p99", "CPU", "floor's rate", "p50", "p99", "CPU", "ratio", "middle half", "of CPU", "goal"],
    routes.map(({ name, about, api, floor, rate_ratio, cpu_ratio, goal }) => [
      `${name}: ${about}`,
      ...[api, floor].flatMap(({ rate, p50_ms, p99_ms, cpu_us }) => [
        `${rate.toFixed(0)}/s`,
        `${p50_ms.toFixed(1)} ms`,
        `${p99_ms.toFixed(0)} ms`,
        `${cpu_us.toFixed(0)} µs`,
      ]),
      two(rate_ratio.median),
      `${two(rate_ratio.from)}–${two(rate_ratio.to)}`,
      two(cpu_ratio.median),
      mark(rate_ratio.median >= goal, `≥ ${two(goal)}`),
    ]),
  );
  const resident = Math.max(...routes.map(({ resident_mb = 0 }) => resident_mb), 0);
  const rows: [string, string, string][] = [];
  if (first_answer) {
    const { api_ms, bare_ms, ratio, least_ms } = first_answer;
    const text = `${api_ms.toFixed(0)} ms, at best ${least_ms.toFixed(0)}; ${ratio.toFixed(1)} times Node's own ${bare_ms.toFixed(0)}`;
    rows.push(["first answer of the bundle", text, mark(api_ms <= 150, "≤ 150 ms")]);
  }
  if (resident > 0) rows.push(["resident memory", `${resident} MB`, mark(resident <= 200, "≤ 200 MB")]);
  if (drifted) {
    const { requests, last_to_first, cpu_us } = drifted;
    const text = `× ${two(last_to_first)} after ${requests} (${cpu_us.map((us) => us.toFixed(0)).join(" ")} µs)`;
    rows.push(["CPU a request", text, mark(last_to_first <= 1.1, "≤ × 1.10")]);
  }
  if (rows.length > 0) printTable(["", "measured", "goal"], rows);
  process.stdout.write(`The floor's driver: ${driverNames[floor_driver]}.\n`);
  if (!is_pinned)
    process.stdout.write("Without a core of its own for the server: the ratios hold, the rates mean little.\n");
}
