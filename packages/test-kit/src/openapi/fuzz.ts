import fc, { type Arbitrary } from "fast-check";
import { arbitraryOf, hostileTexts, type Known } from "./arbitrary-of.ts";
import type { As } from "./as.ts";
import type { Input, Values } from "./build-request.ts";
import type { Operation } from "./document.ts";
import { callerFor, inputFor } from "./fixtures.ts";
import type { Api } from "./use-api.ts";

export type FuzzReport = Readonly<{
  requests: number;
  seconds: number;
  statuses: Map<string, Map<number, number>>;
  failures: string[];
}>;

type Case = Readonly<{ operation: Operation; input: Input; as: As }>;

/** Out of 100 values, how many are meant to hurt, by turns: requests that fit reach further than those that do not. */
const wildness = [0, 0, 3, 10, 40];

/**
 * Sends so many requests made from the document, by turns to every operation and mostly as somebody who may call it.
 * Whatever is no answer that the document knows is a failure, with the seed and the path to send it again.
 */
export async function fuzz(api: Api, { requests, seed }: { requests: number; seed: number }): Promise<FuzzReport> {
  const { operations } = api;
  const schemas = api.document.components.schemas ?? {};
  const statuses = new Map<string, Map<number, number>>();
  const failures: string[] = [];
  const started = performance.now();
  let known: Known = {};
  for (let turn = 0, sent = 0; sent < requests; turn += 1) {
    // Things are deleted and finished as it goes: new ones now and then.
    if (turn % 25 === 0) known = await knownValues(api);
    const wild = wildness[turn % wildness.length] ?? 0;
    // What takes nothing answers the same each time.
    const wanted = turn % 10 === 0 ? operations : operations.filter(({ access }) => access !== "open");
    const batch = wanted.slice(0, requests - sent);
    sent += batch.length;
    for (const operation of batch) {
      // A seed of its own for each, so that one case can be sent again alone.
      const own = (Math.imul(seed + turn, 0x9e3779b1) ^ hashOf(operation.id)) | 0;
      const [input] = fc.sample(inputOf(operation, schemas, known, wild), { numRuns: 1, seed: own });
      const as = callerOf(operation, turn);
      await send({ operation, input: input ?? {}, as }, `seed ${seed}, turn ${turn}`);
    }
  }
  return { requests, seconds: (performance.now() - started) / 1_000, statuses, failures };

  async function send({ operation, input, as }: Case, place: string): Promise<void> {
    const before = api.differences.size;
    const { status, text } = await api.send(operation, input, as);
    const counts = statuses.get(operation.id) ?? new Map<number, number>();
    counts.set(status, (counts.get(status) ?? 0) + 1);
    statuses.set(operation.id, counts);
    const isOpen = operation.access === "open" || operation.access === "public";
    const isBroken = status >= 500 || (!isOpen && as === "nobody" && status !== 401) || api.differences.size > before;
    if (!isBroken || failures.length >= 20) return;
    const what = [...api.differences.values()].at(-1) ?? `answered ${status}`;
    failures.push(
      `${place}: ${operation.id} as ${String(as)}: ${what}\n  ${JSON.stringify(input).slice(0, 600)}\n  ${text.slice(0, 300)}`,
    );
  }
}

function callerOf(operation: Operation, turn: number): As {
  const others: As[] = ["admin", "agent", "user", "guest", "nobody"];
  const usual = callerFor(operation);
  if (turn % 4 !== 3) return turn % 2 === 0 || usual === "nobody" || usual === "guest" ? usual : "admin";
  return others[(turn >> 2) % others.length] ?? usual;
}

function inputOf(
  operation: Operation,
  schemas: Parameters<typeof arbitraryOf>[1],
  known: Known,
  wild: number,
): Arbitrary<Input> {
  const place = (where: string) => {
    const parameters = operation.parameters.filter((one) => one.in === where);
    const values = Object.fromEntries(
      parameters.map(({ name, required, schema = {} }) => {
        const value = arbitraryOf(schema, schemas, ownOf(operation, known), wild, name);
        // Left out more often than not: one that does not fit hides what the others do.
        const left = rare.has(name) ? 9 : 2;
        const optional = fc.oneof({ weight: left, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
        return [name, required ? value : optional];
      }),
    );
    return fc.record(values, { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) });
  };
  const body = operation.body?.schema && arbitraryOf(operation.body.schema, schemas, ownOf(operation, known), wild);
  return fc
    .record({
      params: place("path"),
      query: place("query"),
      headers: place("header"),
      json: body ?? fc.constant(undefined),
    })
    .map(({ params, query, headers, json }) => ({
      params: texts(params),
      query: texts(query),
      headers: sendable(headers),
      ...(json !== undefined && { json }),
    })) as Arbitrary<Input>;
}

/** What fits only if it was just answered. */
const rare = new Set(["cursor", "If-Match", "request_id", "entity_id", "actor_id"]);

/** An `id` in a path is one of that path's own. */
function ownOf({ path }: Operation, known: Known): Known {
  const ids = Object.entries(known).find(([pattern]) => pattern.startsWith("/") && path.includes(pattern));
  return ids ? { ...known, id: ids[1] } : known;
}

/** In an address everything is text, and what is no text cannot stand there. */
function texts(values: Values): Values {
  const whole = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)).toWellFormed();
  // An empty part, or dots, would be another path.
  return Object.fromEntries(present(values).map(([name, value]) => [name, whole(value).replace(/^\.{0,2}$/, "-")]));
}

/** What a header can hold. */
function sendable(values: Values): Values {
  return Object.fromEntries(
    present(values).map(([name, value]) => [name, String(value).replaceAll(/[^\x20-\x7e\x80-\xff]/g, "")]),
  );
}

const present = (values: Values) => Object.entries(values).filter(([, value]) => value !== undefined);

/** Values that exist, by the names that ask for them; ids also by their path. */
async function knownValues({ operations, world }: Api): Promise<Known> {
  const known: Record<string, unknown[]> = {
    property_id: [world.branch, world.branch, world.branch, world.otherBranch, "NYC-01"],
    booking_id: [world.stay.booking_id, world.otherStay.booking_id],
    q: ["villa", "sea", ...hostileTexts],
    space_id: [(await world.space()).id, (await world.space()).id],
  };
  // Making a guest's own takes the staff's away, so those come first.
  const withIds = operations.filter(({ path }) => path.includes("{id}"));
  for (const operation of withIds.sort((a, b) => Number(b.access === "guest") - Number(a.access === "guest"))) {
    const pattern = operation.path.slice(0, operation.path.indexOf("{id}") + 4);
    const { params } = await inputFor(operation, world);
    known[pattern] = [...(known[pattern] ?? []), params?.id];
  }
  return known;
}

function hashOf(text: string): number {
  let hash = 0;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return hash;
}

/** The report as people read it. */
export function printable(product: string, { requests, seconds, statuses, failures }: FuzzReport): string {
  const lines = [...statuses].map(([id, counts]) => {
    const told = [...counts].sort(([a], [b]) => a - b).map(([status, count]) => `${status}×${count}`);
    return `  ${id.padEnd(32)} ${told.join(" ")}`;
  });
  const rate = `${product}: ${requests} requests to ${statuses.size} operations, ${(requests / seconds).toFixed(0)}/s`;
  return [rate, ...lines, `${failures.length} failures`, ...failures].join("\n");
}
