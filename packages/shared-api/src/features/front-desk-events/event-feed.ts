import type { Database, FrontDeskEvent } from "@whitelabel/shared-db";
import type { EventSignal } from "./event-signal.ts";
import { readEventsAfter, readNewestEvents } from "./queries.ts";

/** Where a position stands: the events after it, or that it is not known (any more) and reading starts anew at `now`. */
type After = Readonly<{ events: readonly FrontDeskEvent[] } | { unknown: true; now: number }>;

export type EventFeed = Readonly<{
  /** Begins to read, if nobody has yet. Answers how to leave; the last who leaves ends the reading. */
  join(): () => void;
  /** The newest position, looked up after this call. A StoreError while the database is away. */
  now(): Promise<number>;
  /** The next events after a position, from memory if they are recent; none if there are none yet. */
  after(position: number): Promise<After>;
  /** Calls `tell` once, when there is something after the position or reading started anew. Answers how to end it. */
  onNews(position: number, tell: () => void): () => void;
}>;

type Options = Readonly<{ database: Database; signal: EventSignal }>;

/** The table is the truth and is looked at as often without being told of anything. */
const LOOK_EVERY_MS = 500;
/** The least time between two looks, however often somebody wakes us. */
const REST_MS = 10;
const PAGE = 500;
/** Recent events in memory, for clients that come back after a short while: thousands at once after a restart. */
const MOST_RECENT = 5_000;
const RECENT_AT_START = 1_000;
/** Clients that were away for longer read the table; so many at once. */
const MOST_READERS = 4;
/** Listeners told in one turn of the event loop, so that other requests are answered in between. */
const TOLD_AT_ONCE = 500;

/** One reader a process for all its listeners: 10,000 of them ask the database as often as one does. */
export function openEventFeed({ database, signal }: Options): EventFeed {
  let members = 0;
  let reading: Reading | undefined;
  const readers = limitTo(MOST_READERS);

  function join(): () => void {
    members += 1;
    reading ??= startReading(database, signal);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      members -= 1;
      if (members > 0) return;
      reading?.stop();
      reading = undefined;
    };
  }

  function current(): Reading {
    if (!reading) throw new Error("Join the feed before you read it");
    return reading;
  }

  return {
    join,
    now: () => current().look(),
    onNews: (position, tell) => current().onNews(position, tell),
    async after(position) {
      const recent = current().recentAfter(position);
      if (recent) return recent;
      const { counter, floor, events } = await readers(() => readEventsAfter(database, position, PAGE));
      return position < floor || position > counter ? { unknown: true, now: counter } : { events };
    },
  };
}

type Reading = ReturnType<typeof startReading>;
type Waiting = Readonly<{ position: number; tell: () => void }>;

function startReading(database: Database, signal: EventSignal) {
  let recent: FrontDeskEvent[] = [];
  /** All events from after `floor` up to `last` are in `recent`. */
  let floor = 0;
  let last = 0;
  let hasBegun = false;
  let isOver = false;
  let round: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const waiting = new Set<Waiting>();
  let wakeUp = () => {};

  async function readOnce(): Promise<boolean> {
    if (!hasBegun) {
      const { counter, events, floor: oldest } = await readNewestEvents(database, RECENT_AT_START);
      [recent, last, hasBegun] = [events, counter, true];
      floor = events[0] ? events[0].position - 1 : oldest;
      return false;
    }
    const { counter, events } = await readEventsAfter(database, last, PAGE);
    if (counter < last) {
      // The database was restored: what was read since is not true any more.
      [recent, floor, last] = [[], counter, counter];
      await tell(() => true);
      return false;
    }
    const newest = events.at(-1);
    if (!newest) return false;
    recent.push(...events);
    if (recent.length > MOST_RECENT) {
      recent = recent.slice(-MOST_RECENT / 2);
      floor = (recent[0]?.position ?? 1) - 1;
    }
    last = newest.position;
    await tell(({ position }) => position < last);
    return events.length === PAGE;
  }

  async function tell(isMeant: (one: Waiting) => boolean): Promise<void> {
    let told = 0;
    for (const one of [...waiting].filter(isMeant)) {
      if (!waiting.delete(one)) continue; // left meanwhile
      one.tell();
      told += 1;
      if (told % TOLD_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function readAll(): Promise<void> {
    while (!isOver && (await readOnce()));
  }

  /** Reads until there is no more; whoever asks while it runs shares the one after it, which begins later than they ask. */
  function readAgain(): Promise<void> {
    if (!round) {
      round = readAll().finally(() => {
        round = undefined;
      });
      return round;
    }
    next ??= round
      .catch(() => {})
      .then(() => {
        next = undefined;
        return readAgain();
      });
    return next;
  }

  async function keepReading(): Promise<void> {
    while (!isOver) {
      const woken = new Promise<void>((resolve) => {
        wakeUp = resolve;
      });
      // While the database is away its own log says so; it is looked at again and again.
      await readAgain().catch(() => {});
      await rest(REST_MS);
      await Promise.race([woken, rest(LOOK_EVERY_MS)]);
    }
  }

  const stopListening = signal.listen(() => wakeUp());
  void keepReading();

  return {
    async look(): Promise<number> {
      await readAgain();
      return last;
    },
    recentAfter(position: number): After | undefined {
      if (!hasBegun || position < floor) return undefined;
      if (position > last) return undefined; // ask the table: another replica may be ahead of us
      const start = indexAfter(recent, position);
      return { events: recent.slice(start, start + PAGE) };
    },
    onNews(position: number, tellOne: () => void): () => void {
      if (isOver || position < last) {
        tellOne();
        return () => {};
      }
      const one = { position, tell: tellOne };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    stop(): void {
      isOver = true;
      stopListening();
      wakeUp();
      for (const one of waiting) one.tell();
      waiting.clear();
    },
  };
}

/** The index of the first event after a position. */
function indexAfter(events: readonly FrontDeskEvent[], position: number): number {
  let [from, to] = [0, events.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((events[middle]?.position ?? 0) > position) to = middle;
    else from = middle + 1;
  }
  return from;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** Runs so many at once; the others wait their turn. */
function limitTo(most: number) {
  const queue: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => queue.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const following = queue.shift();
      if (following) following();
      else running -= 1;
    }
  };
}
