import fc from 'fast-check';
import { RateCounts } from './rate-counts.ts';

const length = 1_000;
const key = 'somebody';

const situation = (limit: number) => {
  let now = 0;
  const counts = new RateCounts(length, () => now);
  const admitted: number[] = [];
  return {
    admitted,
    counts,
    wait: () => counts.wait(key, limit),
    ask: (): boolean => {
      if (counts.wait(key, limit) > 0) return false;
      counts.add(key);
      admitted.push(now);
      return true;
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
};

const pauses = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 }), fc.constant(999)), {
  maxLength: 300,
});

describe('a rate limit', () => {
  test('is never passed within a window, and right after its end nothing new begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), pauses, (limit, between) => {
        const { ask, pass, admitted } = situation(limit);
        for (const pause of between) {
          ask();
          pass(pause);
        }
        for (const at of admitted) {
          const start = at - (at % length);
          const within = admitted.filter((one) => one >= start && one <= at).length;
          const before = admitted.filter((one) => one >= start - length && one < start).length;
          expect(within + before * (1 - (at - start) / length)).toBeLessThanOrEqual(limit + 1e-9);
        }
      }),
    );
  });

  test('lets everybody have it who keeps to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (limit) => {
        const { ask, pass } = situation(limit);
        for (let index = 0; index < 5 * limit; index++) {
          expect(ask()).toBe(true);
          pass(Math.ceil((2 * length) / limit));
        }
      }),
    );
  });

  test('says how long to wait: not a millisecond earlier, and then one is admitted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), pauses, (limit, between) => {
        const { ask, pass, wait } = situation(limit);
        for (const pause of between) {
          ask();
          pass(pause);
        }
        while (ask());
        const due = wait();
        expect(due).toBeGreaterThan(0);
        expect(due).toBeLessThanOrEqual(2 * length);
        pass(due - 1);
        expect(ask()).toBe(false);
        pass(1);
        expect(ask()).toBe(true);
      }),
    );
  });

  test('counts what others tell of this window and the one before, each time in place of what they told', () => {
    const { counts, wait, pass } = situation(10);
    counts.hear(key, 'other', 0, 4);
    counts.hear(key, 'other', 0, 9);
    counts.hear(key, 'other', 0, 7);
    counts.hear('somebody else', 'other', 0, 100);
    expect(wait()).toBe(0);
    counts.add(key);
    expect(wait()).toBeGreaterThan(0);
    pass(length);
    counts.hear(key, 'third', 0, 90);
    expect(wait()).toBe(length - 90);
    counts.hear(key, 'third', 7, 1_000);
    counts.hear(key, 'third', -1, 1_000);
    expect(wait()).toBe(length - 90);
  });
});
