/** The time that some work may take: its signal goes off at the end of it, or when it is broken off. */
export type WorkTime = { signal: AbortSignal; stop(): void; breakOff(reason: Error): void };

/** A signal that goes off after so many milliseconds unless stopped before. */
export const startTime = (milliseconds: number): WorkTime => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  return {
    signal: controller.signal,
    stop: () => clearTimeout(timer),
    breakOff: (reason) => controller.abort(reason),
  };
};
