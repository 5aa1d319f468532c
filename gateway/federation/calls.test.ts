import { CallerGone } from '../http/caller-gone.ts';
import { enoughCalls } from './breaker.ts';
import { CallFailed, type Limit, type Stage } from './call-failed.ts';
import { type Call, type CallSettings, Calls } from './calls.ts';

const situation = (settings: Partial<CallSettings> = {}) => {
  const told: string[] = [];
  const calls = new Calls(
    { most: 10, time: 60_000, openFor: 60_000, ...settings },
    {
      answered: (outcome) => told.push(outcome),
      refused: (why) => told.push(why),
      retried: (how) => told.push(how),
      underWay: () => undefined,
      breaker: (state) => told.push(state),
    },
  );
  /** How a call ends. */
  const make = (call: Partial<Call<string>>): Promise<unknown> =>
    calls
      .make({ isRead: true, send: async () => 'answer', ...call })
      .catch((error) => (error instanceof CallFailed ? error.message : error));
  return { make, told };
};

const fails = (stage: Stage, limit?: Limit) => async (): Promise<string> => {
  throw new CallFailed(stage, stage, limit);
};

test.each<[string, Stage, Limit | undefined, string[]]>([
  ['nothing was sent', 'unsent', undefined, ['unavailable', 'sent', 'unavailable']],
  ['nothing came back', 'unanswered', undefined, ['unavailable', 'sent', 'unavailable']],
  ['what came was no answer', 'unusable', undefined, ['unavailable']],
  ['the time was over before it was sent', 'unsent', 'late', ['unavailable']],
  ['the time was over before anything came', 'unanswered', 'late', ['unavailable']],
])('a read is sent once more or not: %s', async (_, stage, limit, expected) => {
  const { make, told } = situation();
  expect([await make({ send: fails(stage, limit) }), told]).toEqual([stage, expected]);
});

test('a retry has the time that the call has left, and there is none where that is too short', async () => {
  const times: (number | undefined)[] = [];
  const send = async (time: number | undefined): Promise<string> => {
    times.push(time);
    throw new CallFailed('unsent', 'x');
  };
  await situation({ time: 1_000 }).make({ send });
  await situation({ time: 75 }).make({ send });
  await situation().make({ send, isRead: false });
  const [first, second = Number.NaN, ...others] = times;
  expect([first, second > 0 && second <= 925, others]).toEqual([1_000, true, [75, undefined]]);
});

test('whoever leaves before the retry does not get it', async () => {
  const { make, told } = situation();
  const operation = new AbortController();
  const send = async (): Promise<string> => {
    setImmediate(() => operation.abort(new CallerGone()));
    throw new CallFailed('unsent', 'x');
  };
  expect([await make({ send, signal: operation.signal }), told]).toEqual(['x', ['unavailable']]);
});

test('while calls are refused nothing is sent and nothing is retried', async () => {
  const { make, told } = situation();
  for (let index = 0; index < enoughCalls; index++) await make({ send: fails('unusable') });
  told.length = 0;
  expect([await make({}), told]).toEqual(['open', ['open']]);
});

test.each<[string, number, boolean]>([
  ['has had its time', 0, true],
  ['was asked shortly before', 60_000, false],
])('an operation out of time blames a subgraph that %s: %s', async (_, time, isBlamed) => {
  const { make, told } = situation({ time });
  const signal = AbortSignal.abort();
  for (let index = 0; index < enoughCalls; index++) await make({ send: fails('unanswered', 'late'), signal });
  expect(told.includes('open')).toBe(isBlamed);
});

test('answers that are too large blame nobody', async () => {
  const { make, told } = situation();
  for (let index = 0; index < enoughCalls; index++) await make({ send: fails('unusable', 'large') });
  expect(new Set(told)).toEqual(new Set(['unavailable']));
});

test('callers who leave blame nobody', async () => {
  const { make, told } = situation({ time: 0 });
  const signal = AbortSignal.abort(new CallerGone());
  for (let index = 0; index < enoughCalls; index++) await make({ send: fails('unanswered', 'late'), signal });
  expect(new Set(told)).toEqual(new Set(['abandoned']));
});

test('a place is free again however a call ended', async () => {
  const { make } = situation({ most: 1 });
  const held = Promise.withResolvers<string>();
  const first = make({ send: () => held.promise });
  expect(await make({})).toBe('full');
  held.reject(new Error('broken'));
  await first;
  expect(await make({})).toBe('answer');
});
