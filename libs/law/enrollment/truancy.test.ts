import fc from 'fast-check';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays } from '../dates.ts';
import type { DateSpan } from './suspended-time.ts';
import { isLongAbsence, truancyIn } from './truancy.ts';

const calendar = workingDayCalendar();
const term = { opensOn: '2026-03-02', closesOn: '2026-07-10' };
const count = (absences: readonly DateSpan[]) => truancyIn(absences, term, calendar);

describe('unexcused absence in a term', () => {
  it('counts school days, over weekends, holidays and Saturdays worked instead', () => {
    expect(count([{ from: '2026-03-02', to: '2026-03-08' }])).toEqual({ longestRun: 5, total: 5 });
    expect(count([{ from: '2026-04-03', to: '2026-04-07' }])).toEqual({ longestRun: 2, total: 2 });
    expect(count([{ from: '2026-05-08', to: '2026-05-09' }])).toEqual({ longestRun: 2, total: 2 });
  });

  it('joins runs that no attended school day parts, and parts those that one does', () => {
    const weeks = [
      { from: '2026-03-02', to: '2026-03-06' },
      { from: '2026-03-09', to: '2026-03-13' },
    ];
    expect(count(weeks)).toEqual({ longestRun: 10, total: 10 });
    expect(count([...weeks, { from: '2026-03-17', to: '2026-03-18' }])).toEqual({
      longestRun: 10,
      total: 12,
    });
  });

  it('leaves out what lies beyond the term, and counts no day twice', () => {
    expect(count([{ from: '2026-01-01', to: '2026-03-02' }])).toEqual({ longestRun: 1, total: 1 });
    fc.assert(
      fc.property(fc.nat(100), fc.nat(60), (start, length) => {
        const from = addDays(term.opensOn, start);
        const span = { from, to: addDays(from, length) };
        expect(count([span, span])).toEqual(count([span]));
      }),
    );
  });

  it('is long above forty days in a row, or from fifty in all', () => {
    expect(isLongAbsence({ longestRun: 40, total: 49 })).toBe(false);
    expect(isLongAbsence({ longestRun: 41, total: 41 })).toBe(true);
    expect(isLongAbsence({ longestRun: 1, total: 50 })).toBe(true);
  });
});
