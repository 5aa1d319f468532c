import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  daysBetween,
  endOfDay,
  fullYears,
  isIsoDate,
  partsOf,
  shanghaiDate,
  startOfDay,
  weekday,
  withinDays,
} from './dates.ts';

const day = () =>
  fc
    .date({
      min: new Date('1950-01-01T00:00:00Z'),
      max: new Date('2100-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10));

describe('a calendar day', () => {
  it('begins at 00:00 in Shanghai and ends one instant before the next', () => {
    expect(startOfDay('2026-08-11').toISOString()).toBe('2026-08-10T16:00:00.000Z');
    expect(shanghaiDate(new Date('2026-08-10T15:59:59.999Z'))).toBe('2026-08-10');
    expect(shanghaiDate(new Date('2026-08-10T16:00:00.000Z'))).toBe('2026-08-11');
    expect(endOfDay('2026-08-10')).toEqual(startOfDay('2026-08-11'));
  });

  it('counts both days of a window, from 00:00 of the first to 24:00 of the last', () => {
    const inside = (instant: string) => withinDays(new Date(instant), '2026-07-15', '2026-08-14');
    expect(inside('2026-07-14T23:59:59+08:00')).toBe(false);
    expect(inside('2026-07-15T00:00:00+08:00')).toBe(true);
    expect(inside('2026-08-14T23:59:59+08:00')).toBe(true);
    expect(inside('2026-08-15T00:00:00+08:00')).toBe(false);
  });

  it('is refused when the calendar does not know it', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '', '2026-04-31']) {
      expect(isIsoDate(text)).toBe(false);
      expect(() => partsOf(text)).toThrow(RangeError);
    }
    expect(isIsoDate('2024-02-29')).toBe(true);
    expect(isIsoDate('0001-01-01')).toBe(true);
  });

  it('moves by months to the same day or the last of the month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2026-08-31', 6)).toBe('2027-02-28');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
  });

  it('is Monday to Sunday as 1 to 7', () => {
    expect(weekday('2026-09-07')).toBe(1);
    expect(weekday('2026-09-13')).toBe(7);
  });

  it('returns where it came from after as many days', () => {
    fc.assert(
      fc.property(day(), fc.integer({ min: -20_000, max: 20_000 }), (date, n) => {
        expect(daysBetween(date, addDays(date, n))).toBe(n);
        expect(addDays(addDays(date, n), -n)).toBe(date);
      }),
    );
  });

  it('never moves a month further than the month asked for', () => {
    fc.assert(
      fc.property(day(), fc.integer({ min: -600, max: 600 }), (date, n) => {
        const from = partsOf(date);
        const to = partsOf(addMonths(date, n));
        expect(to.year * 12 + to.month - (from.year * 12 + from.month)).toBe(n);
        expect(to.day).toBeLessThanOrEqual(from.day);
      }),
    );
  });
});

describe('full years of age', () => {
  it('are reached on the birthday itself', () => {
    expect(fullYears('2020-08-31', '2026-08-30')).toBe(5);
    expect(fullYears('2020-08-31', '2026-08-31')).toBe(6);
    expect(fullYears('2020-09-01', '2026-08-31')).toBe(5);
    expect(fullYears('2020-08-31', '2020-08-30')).toBe(-1);
  });

  it('are reached on 28 February of a common year by a child of 29 February', () => {
    expect(fullYears('2020-02-29', '2026-02-27')).toBe(5);
    expect(fullYears('2020-02-29', '2026-02-28')).toBe(6);
  });

  it('never fall as time goes on', () => {
    fc.assert(
      fc.property(day(), fc.integer({ min: 0, max: 10_000 }), (birth, n) => {
        const on = addDays(birth, n);
        expect(fullYears(birth, addDays(on, 1))).toBeGreaterThanOrEqual(fullYears(birth, on));
      }),
    );
  });
});
