import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { stateKey } from './rewrite.ts';

/** Time for streams, in milliseconds. `wait` ends early, without an error, when the signal goes off. */
export type LiveTime = { wait(milliseconds: number, signal: AbortSignal): Promise<void> };

export const realTime: LiveTime = {
  wait: (milliseconds, signal) =>
    delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined),
};

export type Updates = {
  /** Runs the query once more. */
  run(): Promise<ExecutionResult>;
  /** Calls back at every signal. */
  listen(wake: () => void): Promise<Stop>;
  key: string;
  ends: readonly string[];
  /** Goes off when the stream has to end: the caller left, the token ran out, the gateway closes. */
  ended: AbortSignal;
  time: LiveTime;
};

/** At most five answers a second. */
export const shortestPause = 200;
/** Signals can be lost: without any, the query is run again after so long. */
export const longestPause = 5_000;

type Row = Record<string, unknown> | null | undefined;

/**
 * The answers of a live query: one at the start, then one whenever something changed, until the state is final
 * or nothing is to be seen. Signals only wake; what is sent is always what the query answers at that moment.
 */
export async function* liveUpdates(updates: Updates): AsyncGenerator<ExecutionResult, void, undefined> {
  const { ended, key, ends, time } = updates;
  const bell = createBell();
  const stop = await updates.listen(bell.ring);
  let last: string | undefined;
  try {
    while (!ended.aborted) {
      bell.reset();
      const { final, result } = settle(await updates.run(), key, ends);
      if (ended.aborted) return;
      const text = JSON.stringify(result);
      if (text !== last) yield result;
      last = text;
      if (final) return;
      await time.wait(shortestPause, ended);
      await bell.rungOr((signal) => time.wait(longestPause, signal), ended);
    }
  } finally {
    await stop();
  }
}

/** Takes the state out of an answer and tells whether it is the last one. */
const settle = (answer: ExecutionResult, key: string, ends: readonly string[]) => {
  const row = answer.data?.[key] as Row;
  if (!row) return { final: true, result: answer };
  const { [stateKey]: state, ...shown } = row;
  return {
    final: ends.includes(String(state)),
    result: { ...answer, data: { ...answer.data, [key]: shown } },
  };
};

/** A bell remembers that it was rung until it is reset. */
const createBell = () => {
  let rung = false;
  let wake = (): void => undefined;
  return {
    ring: (): void => {
      rung = true;
      wake();
    },
    reset: (): void => {
      rung = false;
    },
    /** Ends when the bell was rung, the wait is over, or the signal goes off. */
    rungOr: async (wait: (signal: AbortSignal) => Promise<void>, ended: AbortSignal): Promise<void> => {
      if (rung) return;
      const heard = new AbortController();
      wake = () => heard.abort();
      await wait(AbortSignal.any([heard.signal, ended]));
      wake = () => undefined;
    },
  };
};
