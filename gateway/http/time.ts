/** Why what is still under way ends when the work it belonged to has its answer. */
export const workIsOver = new Error('The work is over');

/** The time that some work may take: its signal goes off when it runs out, is broken off, or stopped. */
export type WorkTime = { signal: AbortSignal; stop(): void; breakOff(reason: Error): void };

/** A signal that goes off after so many milliseconds, and when the work is stopped before: nothing outlives it. */
export const startTime = (milliseconds: number): WorkTime => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  return {
    signal: controller.signal,
    stop: () => {
      clearTimeout(timer);
      controller.abort(workIsOver);
    },
    breakOff: (reason) => controller.abort(reason),
  };
};
