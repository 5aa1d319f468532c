import fc from 'fast-check';
import { createHeadHistory } from './head-history.ts';

const situation = () => {
  const clock = { now: 0 };
  return { clock, history: createHeadHistory(() => clock.now) };
};

test('nothing waits before anything was heard, nor when everything took effect', () => {
  const { clock, history } = situation();
  expect(history.waitingFor(0)).toBe(0);
  history.heard(5);
  clock.now = 1_000;
  expect(history.waitingFor(5)).toBe(0);
});

test('what waits has waited since the first head beyond the position was heard', () => {
  const { clock, history } = situation();
  for (const [at, seq] of [
    [0, 10],
    [1_000, 20],
    [2_000, 20],
    [3_000, 30],
  ] as const) {
    clock.now = at;
    history.heard(seq);
  }
  clock.now = 4_000;
  expect([9, 10, 19, 20, 29, 30].map((position) => history.waitingFor(position))).toEqual([
    4_000, 3_000, 3_000, 1_000, 1_000, 0,
  ]);
});

test('a log that begins anew forgets the heads of the old one', () => {
  const { clock, history } = situation();
  history.heard(1_000);
  clock.now = 5_000;
  history.heard(3);
  clock.now = 6_000;
  expect(history.waitingFor(0)).toBe(1_000);
});

test('a consumer that stands still for days is told for how long, within bounded memory', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2_001, max: 20_000 }), (seconds) => {
      const { clock, history } = situation();
      for (let second = 0; second <= seconds; second++) {
        clock.now = second * 1_000;
        history.heard(second + 1);
      }
      expect(history.waitingFor(0)).toBe(seconds * 1_000);
      expect(history.waitingFor(seconds)).toBe(0);
    }),
    { numRuns: 10 },
  );
});
