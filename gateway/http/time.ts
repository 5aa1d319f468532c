/** A signal that goes off after so many milliseconds unless stopped before. */
export const startTime = (milliseconds: number): { signal: AbortSignal; stop(): void } => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
};
