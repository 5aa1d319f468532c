import fc from 'fast-check';
import { addDays, daysBetween } from '../dates.ts';
import { days, months, weeks, workingDays, years } from '../parameters/parameter.ts';
import { type DateSpan, exceedsTotal, spanEnd, suspendedDays } from './suspended-time.ts';

const anyDay = fc.integer({ min: 0, max: 4_000 }).map((n) => addDays('2024-01-01', n));
const anySpan = fc
  .tuple(anyDay, fc.integer({ min: 0, max: 500 }))
  .map(([from, n]): DateSpan => ({ from, to: addDays(from, n) }));
const yearFrom = (from: string): DateSpan => ({ from, to: spanEnd(from, years(1)) });

describe('the time of suspensions', () => {
  it('ends on the same day number, or on the last day of a shorter month', () => {
    expect(spanEnd('2026-09-01', years(1))).toBe('2027-09-01');
    expect(spanEnd('2028-02-29', years(1))).toBe('2029-02-28');
    expect(spanEnd('2026-11-30', months(3))).toBe('2027-02-28');
    expect(spanEnd('2026-09-01', weeks(2))).toBe('2026-09-15');
    expect(spanEnd('2026-09-01', days(15))).toBe('2026-09-16');
    expect(() => spanEnd('2026-09-01', workingDays(10))).toThrow(RangeError);
  });

  it('is 365 days for a full year wherever it lies', () => {
    for (const from of ['2027-03-01', '2028-02-28', '2028-02-29', '2028-03-01']) {
      expect(suspendedDays([yearFrom(from)])).toBe(365);
    }
    fc.assert(fc.property(anyDay, (from) => expect(suspendedDays([yearFrom(from)])).toBe(365)));
  });

  it('never takes two full years for more than two', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) =>
        expect(exceedsTotal([yearFrom(a), yearFrom(b)], years(2))).toBe(false),
      ),
    );
  });

  it('takes two full years and one day more for more than two', () => {
    const first = yearFrom('2026-09-01');
    const from = '2027-09-15';
    expect(exceedsTotal([first, { from, to: '2028-09-15' }], years(2))).toBe(false);
    expect(exceedsTotal([first, { from, to: '2028-09-16' }], years(2))).toBe(true);
  });

  it('does not depend on the order, never shrinks with a longer stretch and counts no day twice', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 5 }), anySpan, fc.nat(300), (others, span, more) => {
        const all = [...others, span];
        const longer = { ...span, to: addDays(span.to, more) };
        expect(suspendedDays(all.toReversed())).toBe(suspendedDays(all));
        expect(suspendedDays([...all, span])).toBe(suspendedDays(all));
        expect(suspendedDays([...others, longer])).toBeGreaterThanOrEqual(suspendedDays(all));
        const days = daysBetween(span.from, span.to);
        expect(days - suspendedDays([span])).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('is nothing without a stretch', () => {
    expect(suspendedDays([])).toBe(0);
    expect(exceedsTotal([], years(2))).toBe(false);
  });
});
