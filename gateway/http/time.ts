/** Why what is still under way ends when the work it belonged to has its answer. */
export const workIsOver = new Error('The work is over');

/** What of an AbortSignal tells that some work is over. */
export type Ending = Pick<AbortSignal, 'aborted' | 'reason'> & {
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};

/** The time that some work may take: its signal goes off when it runs out, is broken off, or stopped. */
export type WorkTime = { signal: Ending; stop(): void; breakOff(reason: Error): void };

/** Goes off once. Every operation has one, and an AbortController would cost more than checking its caller. */
class WorkEnding implements Ending {
  readonly #listeners = new Set<() => void>();
  aborted = false;
  reason: Error | undefined;

  addEventListener(_: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  goOff(reason: Error): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

/** A signal that goes off after so many milliseconds, and when the work is stopped before: nothing outlives it. */
export const startTime = (milliseconds: number): WorkTime => {
  const signal = new WorkEnding();
  const timer = setTimeout(() => signal.goOff(new Error('The time of the work ran out')), milliseconds);
  return {
    signal,
    stop: () => {
      clearTimeout(timer);
      signal.goOff(workIsOver);
    },
    breakOff: (reason) => signal.goOff(reason),
  };
};

/** Waits so many milliseconds; false, at once, where the signal goes off before. */
export const waited = (milliseconds: number, signal?: Ending): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (isWhole: boolean): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
      resolve(isWhole);
    };
    const leave = (): void => end(false);
    const timer = setTimeout(end, milliseconds, true);
    signal?.addEventListener('abort', leave);
    if (signal?.aborted) leave();
  });
