import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { styleText } from "node:util";
import { findProduct, products } from "@whitelabel/shared-config";
import { Command } from "commander";
import postgres from "postgres";
import { leaveFirstCore, residentOf } from "../bench/spawn-server.ts";
import { type Stage, setStage, startApi } from "../bench/stage.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { createProgress } from "../dev/progress.ts";
import { StreamClients } from "./clients.ts";

type Options = { product: string; clients: number; events: number; json?: boolean };
type Figures = Awaited<ReturnType<typeof measure>>;

/** `pnpm bench:streams`: whether thousands of listeners are told everything, how soon, and what they cost. */
export function benchStreamsCommand(): Command {
  return new Command("bench:streams")
    .description("Lets many clients listen to the live stream, over a kill of the API, and nine in ten of them vanish.")
    .option("--product <id>", "whose API", products[0]?.id)
    .option("--clients <n>", "how many listen", Number, 1_000)
    .option("--events <n>", "how many events in each of three parts", Number, 100)
    .option("--json", "for programs: one JSON document on stdout")
    .action(async (options: Options) => {
      const figures = await measure(options);
      if (options.json) printJson(figures);
      else print(figures);
      if (!isGood(figures)) throw new OpsError("The live stream did not bear it as it should.");
    });
}

/** Each event is written by itself, so often. */
const PACE_MS = 20;
const WRONG = 30_000;

async function measure({ product: id, clients: count, events }: Options) {
  const product = findProduct(id);
  if (!product) throw new OpsError(`There is no product ${id}.`);
  const progress = createProgress();
  leaveFirstCore();
  const stage = await progress.step("Setting the stage", () => setStage(product));
  const sql = postgres(stage.databaseUrl, { max: 1, fetch_types: false });
  const writer = openWriter(sql, stage);
  let api = await startApi(stage);
  try {
    const clients = new StreamClients(count, stage.token);
    const bare = residentOf(api.pid);
    const connectMs = await timed(progress.step(`Connecting ${count} clients`, () => clients.connect(api.port)));
    const full = residentOf(api.pid);
    await progress.step("Telling them", async () => {
      await writer.write(events);
      await clients.reached(writer.last());
    });
    const told = latenciesOf(clients, writer.writtenAt);

    await progress.step("Killing the API while it tells", async () => {
      const writing = writer.write(events);
      await sleep((events * PACE_MS) / 2);
      await api.stop();
      await clients.lost();
      await writing;
    });
    const resumeMs = await timed(
      progress.step("All of them coming back", async () => {
        api = await startApi(stage);
        await clients.connect(api.port);
        await writer.write(events);
        await clients.reached(writer.last());
      }),
    );
    const wrong = clients.all.filter(({ seen }) => !isWhole(seen, writer.positions)).length;

    const peak = residentOf(api.pid);
    const leaving = Math.floor(count * 0.9);
    const left = handlesOf(api.pid) - leaving + 10; // the database's connections come and go
    const goneMs = await timed(
      progress.step(`${leaving} of them vanish`, async () => {
        await clients.vanish(leaving);
        for (const end = performance.now() + WRONG; handlesOf(api.pid) > left && performance.now() < end; )
          await sleep(20);
      }),
    );
    const staying = clients.all.filter(({ socket }) => socket);
    await writer.write(10);
    await clients.reached(writer.last(), staying);
    return {
      clients: count,
      events: writer.positions.length,
      wrong,
      connect_s: connectMs / 1_000,
      ...told,
      resume_s: resumeMs / 1_000,
      gone_s: goneMs / 1_000,
      memory_bare_mb: bare,
      memory_listening_mb: full,
      memory_peak_mb: peak,
      memory_after_mb: residentOf(api.pid),
    };
  } finally {
    await api.stop();
    await sql.end();
    await stage.stop();
  }
}

function openWriter(sql: postgres.Sql, { branch }: Stage) {
  const positions: number[] = [];
  const writtenAt = new Map<number, number>();

  /** As the API writes them: counter and event in one statement. */
  async function write(count: number): Promise<void> {
    for (let done = 0; done < count; done += 1) {
      const [row] = await sql`
        with counted as (update front_desk_position set position = position + 1 returning position)
        insert into front_desk_events (position, kind, property_id, entity, entity_id)
        select position, 'task.created', ${branch}, 'task', ${String(done)} from counted returning position`;
      writtenAt.set(Number(row?.position), performance.now());
      positions.push(Number(row?.position));
      await sleep(PACE_MS);
    }
  }

  return { write, positions, writtenAt, last: () => positions.at(-1) ?? 0 };
}

function isWhole(seen: readonly number[], positions: readonly number[]): boolean {
  const told = new Set(positions);
  const ours = seen.filter((position) => told.has(position)); // the jobs of the API tell of things too
  return ours.length === positions.length && ours.every((position, index) => position === positions[index]);
}

/** From the commit to the first and to the last of all clients. Nobody wakes the reader: writers here are no API. */
function latenciesOf({ arrivals }: StreamClients, writtenAt: ReadonlyMap<number, number>) {
  const took = (which: "first" | "last") =>
    [...writtenAt].map(([position, at]) => (arrivals.get(position)?.[which] ?? Number.NaN) - at).sort((a, b) => a - b);
  const [first, last] = [took("first"), took("last")];
  const at = (values: readonly number[], share: number) => values[Math.floor((values.length - 1) * share)] ?? 0;
  return { first_p50_ms: at(first, 0.5), last_p50_ms: at(last, 0.5), last_p99_ms: at(last, 0.99) };
}

async function timed(work: Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work;
  return performance.now() - started;
}

/** Sockets and files that a process holds; 0 where nobody tells. */
function handlesOf(pid: number): number {
  return process.platform === "linux" ? readdirSync(`/proc/${pid}/fd`).length : 0;
}

const isGood = ({ wrong, gone_s }: Figures) => wrong === 0 && gone_s < 30;

function print(figures: Figures): void {
  const mark = (isMet: boolean, goal: string) => styleText(isMet ? "green" : "red", `${isMet ? "✓" : "✗"} ${goal}`);
  const { clients, events, wrong, gone_s } = figures;
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  const seconds = (value: number) => `${value.toFixed(1)} s`;
  printTable(
    ["", "measured", "goal"],
    [
      ["clients", String(clients), ""],
      ["events, over a kill of the API", String(events), ""],
      ["clients that missed or repeated one", String(wrong), mark(wrong === 0, "0")],
      ["connected within", seconds(figures.connect_s), ""],
      ["from a commit to the first client, p50", ms(figures.first_p50_ms), ""],
      ["to the last client, p50", ms(figures.last_p50_ms), ""],
      ["to the last client, p99", ms(figures.last_p99_ms), ""],
      ["start, come back and be told all", seconds(figures.resume_s), ""],
      ["nine in ten vanish, sockets back after", seconds(gone_s), mark(gone_s < 30, "< 30 s")],
      [
        "resident memory: bare, listening, at its peak, after",
        [figures.memory_bare_mb, figures.memory_listening_mb, figures.memory_peak_mb, figures.memory_after_mb]
          .map((value) => `${value ?? "?"} MB`)
          .join(", "),
        "",
      ],
    ],
  );
}
