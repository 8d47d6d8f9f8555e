/** A request's place among those being worked on. */
export type Place = Readonly<{
  /** Gives the place away: the work is done, or waits for the client. Doing it twice does no harm. */
  leave(): void;
  /** Takes a place again after waiting for the client. False if there is none in time: refuse the request. */
  returnTo(): Promise<boolean>;
}>;

export type Places = Readonly<{
  /** Calls `start` as soon as there is a place, or `refuse` if there is none within 25 ms. */
  enter(start: (place: Place) => void, refuse: () => void): void;
  state(): Readonly<{ taken: number; waiting: number; limit: number; refused: number }>;
}>;

type Options = Readonly<{
  /** The most that are worked on at once. */
  most: number;
  /** As many while more come than there is room for. */
  mostWhenCrowded?: number;
  /** Called once a second at most, with how many were refused since. */
  onRefusals?: (count: number) => void;
  now?: () => number;
}>;

type Waiting = Readonly<{ start: () => void; refuse: () => void; until: number }>;

/** A refusal is promised within 100 ms; the rest is for a busy event loop. */
const WAIT_MS = 25;
/** Where nothing was finished lately, nobody knows how many could get a place in that time. */
const SOME_WAITING = 32;
/** With as many, six requests a second are still answered before the deadline of 2.7 s. */
const LEAST = 16;
/** The quickest of a quarter of a second takes as long only if all stand in a queue. */
const TOO_LONG_MS = 500;
const LOOK_EVERY_MS = 250;
/** Of a turn of the event loop, which under load takes some 40. */
const REFUSING_MS = 24;
/** How long it is crowded after somebody found no room. */
const CROWDED_MS = 250;
const SAY_EVERY_MS = 1_000;
const SHRINK = 0.7;
const GROW = 8;

/**
 * Never so few that 200 who come in the same moment are refused. While more come than there is room for, as many as keep
 * the processor and all connections busy: more bring nothing then, and with each of them the turns of the event loop and
 * the collections of garbage take longer, so that a refusal comes late.
 */
export function placesFor({ poolSize, maxOverflow }: Readonly<{ poolSize: number; maxOverflow: number }>) {
  const connections = poolSize + maxOverflow;
  return { most: Math.max(256, 2 * connections), mostWhenCrowded: Math.max(48, connections) };
}

/**
 * Bounds how many requests are worked on at once, so that what is begun is finished in time, and what is beyond is
 * refused at once instead of everything being late. The bound shrinks while it is reached and even the quickest request
 * takes too long, as CoDel does with packets: a queue that never empties was not made by a burst. It is smaller, too,
 * while somebody finds not even room to wait: so a crowd that goes on is told from one that comes once, however often.
 */
export function openPlaces({
  most,
  mostWhenCrowded = most,
  onRefusals,
  now = () => performance.now(),
}: Options): Places {
  const waiting: Waiting[] = [];
  const refusing: (() => void)[] = [];
  let [limit, taken, refused, finished, mostWaiting] = [most, 0, 0, 0, most];
  let [looked, quickest, wasFull] = [now(), Number.POSITIVE_INFINITY, false];
  let crowdedUntil = Number.NEGATIVE_INFINITY;
  const least = Math.min(LEAST, most);
  let isHandingOut = false;
  let isTimed = false;
  let unsaid = 0;

  const bound = () => (now() < crowdedUntil ? Math.min(limit, mostWhenCrowded) : limit);

  function ask(start: () => void, refuse: () => void): void {
    if (taken < bound() && waiting.length === 0) {
      taken += 1;
      start();
      return;
    }
    wasFull = true;
    if (waiting.length < mostWaiting) {
      waiting.push({ start, refuse, until: now() + WAIT_MS });
      if (!isTimed) turnAwayAfter(WAIT_MS);
    } else {
      crowdedUntil = now() + CROWDED_MS;
      turnAway(refuse);
    }
  }

  function newPlace(): Place {
    let since: number | undefined = now();
    return {
      leave() {
        if (since === undefined) return;
        taken -= 1;
        finished += 1;
        quickest = Math.min(quickest, now() - since);
        since = undefined;
        look();
        handOut();
      },
      returnTo: () =>
        new Promise((resolve) => {
          const start = () => {
            since = now();
            resolve(true);
          };
          ask(start, () => resolve(false));
        }),
    };
  }

  function handOut(): void {
    if (isHandingOut) return; // somebody who left at once: the loop below goes on
    isHandingOut = true;
    while (taken < bound() && waiting.length > 0) {
      taken += 1;
      waiting.shift()?.start();
    }
    isHandingOut = false;
  }

  function look(): void {
    const time = now();
    if (time - looked < LOOK_EVERY_MS) return;
    if (wasFull && quickest > TOO_LONG_MS) limit = Math.max(least, Math.floor(limit * SHRINK));
    else limit = Math.min(most, limit + GROW);
    // Whoever cannot get a place in time had better know at once.
    mostWaiting = Math.max(SOME_WAITING, Math.floor((finished * WAIT_MS) / (time - looked)));
    finished = 0;
    [looked, quickest, wasFull] = [time, Number.POSITIVE_INFINITY, false];
  }

  function turnAway(refuse: () => void): void {
    refused += 1;
    unsaid += 1;
    if (unsaid === 1) setTimeout(say, SAY_EVERY_MS).unref();
    refusing.push(refuse);
    if (refusing.length === 1) setImmediate(refuseSome);
  }

  // Refused all at once, a crowd would take the event loop for so long that the stores' answers to everybody else wait,
  // and then come back all at once.
  function refuseSome(): void {
    const end = now() + REFUSING_MS;
    let done = 0;
    do refusing[done]?.();
    while (++done < refusing.length && now() < end);
    refusing.splice(0, done);
    if (refusing.length > 0) setImmediate(refuseSome);
  }

  function say(): void {
    onRefusals?.(unsaid);
    unsaid = 0;
  }

  function turnAwayAfter(ms: number): void {
    isTimed = true;
    setTimeout(turnAwayLate, ms);
  }

  function turnAwayLate(): void {
    isTimed = false;
    const time = now();
    for (let first = waiting[0]; first && first.until <= time; first = waiting[0]) {
      waiting.shift();
      turnAway(first.refuse);
    }
    const [first] = waiting;
    if (first) turnAwayAfter(Math.max(1, first.until - time));
  }

  return {
    enter: (start, refuse) => ask(() => start(newPlace()), refuse),
    state: () => ({ taken, waiting: waiting.length, limit: bound(), refused }),
  };
}
