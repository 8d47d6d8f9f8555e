/** A time within which something has to be done; it does not run while a client is waited for. */
export type Deadline = Readonly<{
  /** Whether the work was not done in time; it goes on, but nobody waits for it. */
  passesBefore(work: Promise<void>): Promise<boolean>;
  suspend(): void;
  /** Begins anew. */
  resume(): void;
}>;

/** It runs from now on. */
export function openDeadline(ms: number): Deadline {
  let timer: NodeJS.Timeout | undefined;
  let isLate: () => void = () => {};
  const resume = () => {
    clearTimeout(timer);
    timer = setTimeout(() => isLate(), ms);
  };
  const suspend = () => clearTimeout(timer);
  resume();

  return {
    passesBefore: (work) =>
      new Promise((resolve, reject) => {
        isLate = () => resolve(true);
        work.then(
          () => {
            suspend();
            resolve(false);
          },
          (error) => {
            suspend();
            reject(error);
          },
        );
      }),
    suspend,
    resume,
  };
}
