import fc from 'fast-check';
import { between, quantileOf } from './quantile.ts';

/** Cumulative counts as a histogram tells them. */
const bucketsOf = (values: readonly number[]) =>
  [0.1, 0.5, 1, Number.POSITIVE_INFINITY].map((within) => ({
    within,
    events: values.filter((value) => value <= within).length,
  }));

describe('a quantile of a histogram', () => {
  test('lies in the bucket of the value that has the rank', () => {
    expect(quantileOf(bucketsOf([0.05, 0.05, 0.05, 0.3]), 0.5)).toBeLessThanOrEqual(0.1);
    expect(quantileOf(bucketsOf([0.05, 0.3, 0.3, 0.3]), 0.99)).toBeGreaterThan(0.1);
    expect(quantileOf(bucketsOf([0.05, 0.3, 0.3, 0.3]), 0.99)).toBeLessThanOrEqual(0.5);
  });

  test('is infinite beyond the last bound and not a number without events', () => {
    expect(quantileOf(bucketsOf([0.05, 7]), 0.99)).toBe(Number.POSITIVE_INFINITY);
    expect(quantileOf(bucketsOf([]), 0.99)).toBeNaN();
  });

  test('never lies in another bucket than the value of that rank', () => {
    const values = fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const sorted = [...all].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(share * all.length) - 1)] ?? 0;
        const bound = (value: number) => (value <= 0.1 ? 0.1 : value <= 0.5 ? 0.5 : 1);
        return bound(quantileOf(bucketsOf(all), share)) === bound(exact);
      }),
    );
  });

  test('of what came between two readings leaves out what came before', () => {
    const before = bucketsOf([0.05, 0.05, 0.05]);
    const after = bucketsOf([0.05, 0.05, 0.05, 0.3]);
    expect(between(before, after)).toEqual(bucketsOf([0.3]));
    expect(between([], after)).toEqual(after);
  });
});
