import type { Log } from '../log/log.ts';

/** A background worker that can be woken, awaited and stopped. */
export type Loop = {
  /** Looks again now instead of after the pause. */
  wake(): void;
  /** Ends after the running step. */
  stop(): Promise<void>;
};

export type LoopOptions = {
  name: string;
  log: Log;
  /** Pause in milliseconds after a step that found nothing to do. */
  idle: number;
  /** One step; true when there may be more to do at once. A step that throws is told and tried again. */
  step: () => Promise<boolean>;
};

const longestPause = 5_000;

/** Repeats a step until stopped. Failures slow it down (to five seconds at most), they never end it. */
export const until = (options: LoopOptions): Loop => {
  let stopped = false;
  let woken = false;
  let release: (() => void) | undefined;
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      if (woken || stopped) return resolve();
      const timer = setTimeout(resolve, milliseconds);
      release = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    let failures = 0;
    while (!stopped) {
      woken = false;
      let more = false;
      try {
        more = await options.step();
        failures = 0;
      } catch (error) {
        if (stopped) break;
        failures++;
        options.log.warn({ worker: options.name, failures, error: describe(error) }, 'worker step failed');
      }
      if (!more) await pause(failures === 0 ? options.idle : Math.min(longestPause, 50 * 2 ** failures));
    }
  };
  const done = run();
  const wake = () => {
    woken = true;
    release?.();
  };
  return {
    wake,
    stop: async () => {
      stopped = true;
      wake();
      await done;
    },
  };
};

/** Name and code of a failure, without its text: a driver's text may quote values. */
export const describe = (error: unknown): string => {
  const { name, code } = error as { name?: string; code?: string };
  return [name ?? typeof error, code].filter(Boolean).join(' ');
};
