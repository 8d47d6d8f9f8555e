/** A time within which something has to be done; it does not run while a client is waited for. */
export type Deadline = Readonly<{
  /** Whether the work was not done in time; it goes on, but nobody waits for it. */
  passesBefore(work: Promise<unknown>): Promise<boolean>;
  suspend(): void;
  /** Begins anew. */
  resume(): void;
}>;

/** How much later than it was due a deadline may be noticed. */
const TICK_MS = 50;

/**
 * Opens deadlines that are all equally long. One clock looks after all of them, for a timer each would be among the
 * dearest things that a quick request does. Each runs from the moment it is opened.
 */
export function openDeadlines(ms: number): () => Deadline {
  const running = new Set<RunningDeadline>(); // whichever is due first stands first
  let clock: NodeJS.Timeout | undefined;

  function look(): void {
    const now = performance.now();
    for (const deadline of running) {
      if (deadline.due > now) break;
      running.delete(deadline);
      deadline.settle?.(true);
    }
    clock = running.size > 0 ? setTimeout(look, TICK_MS).unref() : undefined;
  }

  class RunningDeadline implements Deadline {
    due = 0;
    settle: ((isLate: boolean) => void) | undefined;

    constructor() {
      this.resume();
    }

    passesBefore(work: Promise<unknown>): Promise<boolean> {
      return new Promise((resolve, reject) => {
        this.settle = resolve;
        work.then(
          () => {
            running.delete(this);
            resolve(false);
          },
          (error) => {
            running.delete(this);
            reject(error);
          },
        );
      });
    }

    suspend(): void {
      running.delete(this);
    }

    resume(): void {
      running.delete(this);
      this.due = performance.now() + ms;
      running.add(this);
      if (clock === undefined) clock = setTimeout(look, TICK_MS).unref();
    }
  }

  return () => new RunningDeadline();
}
