import fc from 'fast-check';
import { medianOf, shareOf } from './samples.ts';

describe('the share of samples', () => {
  const samples = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
  const share = fc.double({ min: 0.001, max: 1, noNaN: true });

  test('is a sample that so many samples do not exceed, and no smaller one is', () => {
    fc.assert(
      fc.property(samples, share, (all, wanted) => {
        const value = shareOf(all, wanted);
        expect(all).toContain(value);
        expect(all.filter((each) => each <= value).length).toBeGreaterThanOrEqual(wanted * all.length - 1e-9);
        expect(all.filter((each) => each < value).length).toBeLessThan(wanted * all.length);
      }),
    );
  });

  test('is asked of samples, and of a part of them', () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(() => shareOf([], 0.5)).toThrow(RangeError);
    expect(() => shareOf([1], 0)).toThrow(RangeError);
    expect(() => shareOf([1], 1.1)).toThrow(RangeError);
  });
});
