import type { ExecutionResult } from 'graphql';
import { type LiveTime, liveUpdates, longestPause, shortestPause } from './updates.ts';

/** A query whose answers are set by the test, a bell, and time that passes as soon as it is waited for. */
const situation = (states: [state: string, read: number][]) => {
  const waits: number[] = [];
  const ended = new AbortController();
  const doors: { ring(): void; stopped: boolean } = { ring: () => undefined, stopped: false };
  const answers = states.map(
    ([state, read]): ExecutionResult => ({ data: { job: { read, live_state_: state } } }),
  );
  let runs = 0;
  const time: LiveTime = {
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  };
  const updates = liveUpdates({
    run: async () => answers[Math.min(runs++, answers.length - 1)] ?? {},
    listen: async (wake) => {
      doors.ring = wake;
      return async () => {
        doors.stopped = true;
      };
    },
    key: 'job',
    ends: ['DONE', 'FAILED'],
    ended: ended.signal,
    time,
  });
  return { updates, waits, ended, doors, runs: () => runs };
};

const all = async (updates: AsyncIterable<ExecutionResult>): Promise<unknown[]> => {
  const seen: unknown[] = [];
  for await (const { data } of updates) seen.push(data);
  return seen;
};

test('the first answer comes at once, the last with the final state, and then nothing is listened to', async () => {
  const { updates, doors } = situation([
    ['READING', 1],
    ['READING', 2],
    ['DONE', 3],
  ]);
  expect(await all(updates)).toEqual([{ job: { read: 1 } }, { job: { read: 2 } }, { job: { read: 3 } }]);
  expect(doors.stopped).toBe(true);
});

test.each(['DONE', 'FAILED'])('what is %s already is told once', async (state) => {
  const { updates, runs } = situation([[state, 7]]);
  expect(await all(updates)).toEqual([{ job: { read: 7 } }]);
  expect(runs()).toBe(1);
});

test('an answer that is like the one before is not sent', async () => {
  const { updates } = situation([
    ['READING', 1],
    ['READING', 1],
    ['READING', 1],
    ['DONE', 2],
  ]);
  expect(await all(updates)).toHaveLength(2);
});

test('what is not to be seen ends the stream with its answer', async () => {
  const { updates } = situation([]);
  expect(await all(updates)).toEqual([undefined]);
});

test('between two answers lies a fifth of a second, and without signals the query is run again after five', async () => {
  const { updates, waits } = situation([
    ['READING', 1],
    ['READING', 2],
    ['DONE', 3],
  ]);
  await all(updates);
  expect(waits).toEqual([shortestPause, longestPause, shortestPause, longestPause]);
  expect([shortestPause, longestPause]).toEqual([200, 5_000]);
});

test('a signal during the short pause makes the long one needless', async () => {
  const { updates, waits, doors } = situation([
    ['READING', 1],
    ['DONE', 2],
  ]);
  await updates.next();
  doors.ring();
  await updates.next();
  expect(waits).toEqual([shortestPause]);
});

test('when nobody listens any more the query is not run again', async () => {
  const { updates, ended, runs, doors } = situation([
    ['READING', 1],
    ['READING', 2],
  ]);
  await updates.next();
  ended.abort();
  expect(await updates.next()).toEqual({ done: true, value: undefined });
  expect([runs(), doors.stopped]).toEqual([1, true]);
});
