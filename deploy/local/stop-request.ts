/** How the person or the system asks a running program to stop. */
export interface StopRequest {
  /** Resolves with the first signal. */
  requested: Promise<NodeJS.Signals>;
  /** Aborted with the first signal. */
  signal: AbortSignal;
  isRequested(): boolean;
  /** Stops listening to signals. */
  close(): void;
}

/** npm and the terminal both pass one Ctrl-C on: what comes this soon after (milliseconds) is the same one. */
const samePress = 1_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Listens for SIGINT, SIGTERM and SIGHUP.
 * @param onSecond called when the wish is repeated, by somebody who will not wait
 * @param source where the signals come from
 */
export function listenForStop(
  onSecond: () => void,
  now: () => number = () => performance.now(),
  source: NodeJS.EventEmitter = process,
): StopRequest {
  let first: number | undefined;
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const abort = new AbortController();
  const listener = (signal: NodeJS.Signals) => {
    if (first === undefined) {
      first = now();
      abort.abort();
      resolve(signal);
    } else if (now() - first > samePress) onSecond();
  };
  for (const signal of signals) source.on(signal, listener);
  return {
    requested: promise,
    signal: abort.signal,
    isRequested: () => first !== undefined,
    close() {
      for (const signal of signals) source.off(signal, listener);
    },
  };
}
