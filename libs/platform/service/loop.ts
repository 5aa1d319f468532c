import type { Log } from '../log/log.ts';

/** A background worker that can be woken, awaited and stopped. */
export type Loop = {
  /** Looks again now instead of after the pause; the pause after a failure is not cut short. */
  wake(): void;
  /** Resolves when a step that began after this call found nothing to do: what the clock brought so far is done. */
  idle(): Promise<void>;
  /** Ends after the running step. */
  stop(): Promise<void>;
};

export type LoopOptions = {
  name: string;
  log: Log;
  /** Pause in milliseconds after a step that found nothing to do. */
  idle: number;
  /**
   * Pause in milliseconds after a step that found something, so that what comes meanwhile is done together: being woken does
   * not cut it short, somebody who waits for the loop does. None by default.
   */
  busy?: () => number;
  /** One step; true when there may be more to do at once. A step that throws is told and tried again. */
  step: () => Promise<boolean>;
};

const longestPause = 2_000;

/** Repeats a step until stopped. Failures slow it down (to two seconds at most), they never end it. */
export const until = (options: LoopOptions): Loop => {
  let stopped = false;
  let woken = false;
  let release: (() => void) | undefined;
  let isBusyPause = false;
  let failures = 0;
  let waiting: { since: number; resolve(): void }[] = [];
  let begun = 0;

  const tellIdle = (step: number): void => {
    const told = waiting.filter(({ since }) => since < step);
    waiting = waiting.filter(({ since }) => since >= step);
    for (const { resolve } of told) resolve();
  };

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      release = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const attempt = async (): Promise<boolean> => {
    try {
      const more = await options.step();
      failures = 0;
      return more;
    } catch (error) {
      failures++;
      if (!stopped)
        options.log.warn({ worker: options.name, failures, error: describe(error) }, 'worker step failed');
      return false;
    }
  };

  const rest = async (more: boolean): Promise<void> => {
    if (failures > 0) return pause(Math.min(longestPause, 50 * 2 ** failures));
    if (!more) return woken ? undefined : pause(options.idle);
    const busy = waiting.length === 0 ? (options.busy?.() ?? 0) : 0;
    if (busy === 0) return;
    isBusyPause = true;
    await pause(busy);
    isBusyPause = false;
  };

  const run = async () => {
    while (!stopped) {
      woken = false;
      const step = ++begun;
      const more = await attempt();
      if (!more && failures === 0) tellIdle(step);
      if (!stopped) await rest(more);
    }
  };
  const done = run().finally(() => tellIdle(Number.POSITIVE_INFINITY));
  const wake = (): void => {
    woken = true;
    if (failures === 0 && !isBusyPause) release?.();
  };
  return {
    wake,
    idle: () =>
      stopped
        ? done
        : new Promise((resolve) => {
            waiting.push({ since: begun, resolve });
            wake();
            if (isBusyPause) release?.();
          }),
    stop: async () => {
      stopped = true;
      release?.();
      await done;
    },
  };
};

/** Loops that share one work as one: a call wakes the next of them. */
export const sideBySide = (count: number, begin: () => Loop): Loop => {
  const loops = Array.from({ length: count }, begin);
  let next = 0;
  return {
    wake: () => loops[next++ % count]?.wake(),
    idle: async () => void (await Promise.all(loops.map((loop) => loop.idle()))),
    stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))),
  };
};

type Told = {
  name?: string;
  code?: string;
  constraint?: string;
  table?: string;
  issues?: { path: PropertyKey[]; code: string }[];
};

/**
 * Name and code of a failure and the places that it names (constraint, table, fields), without its text: a driver's
 * text may quote values.
 */
export const describe = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return typeof error;
  const { name, code, constraint, table, issues } = error as Told;
  const fields = Array.isArray(issues)
    ? issues.slice(0, 5).map((issue) => `${issue.path.map(String).join('.')}:${issue.code}`)
    : [];
  return [name ?? 'object', code, constraint ?? table, ...fields].filter(Boolean).join(' ');
};
