import fc from 'fast-check';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays } from '../dates.ts';
import { countDays } from './clock-days.ts';
import { TICKET_DAYS, ticketDue } from './clocks.ts';

const calendar = workingDayCalendar();

describe('why a ticket is due on a day', () => {
  it('is told by the days that were stepped over', () => {
    expect(countDays('2026-09-02', '2026-09-07', calendar)).toEqual({
      days: 3,
      skipped: [
        { on: '2026-09-05', why: 'WEEKEND' },
        { on: '2026-09-06', why: 'WEEKEND' },
      ],
    });
    const overNationalDay = countDays('2026-09-30', '2026-10-09', calendar);
    expect(overNationalDay.skipped).toContainEqual({ on: '2026-10-01', why: 'HOLIDAY' });
  });

  it('adds up: every day between is counted or stepped over, and as many count as the clock has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 110 }), fc.constantFrom('HANDLE', 'ACKNOWLEDGE'), (n, clock) => {
        const from = addDays('2026-09-01', n);
        const { dueDate } = ticketDue(clock as 'HANDLE', from, calendar);
        const { days, skipped } = countDays(from, dueDate, calendar);
        expect(days).toBe(TICKET_DAYS[clock as 'HANDLE']);
        expect(addDays(from, days + skipped.length)).toBe(dueDate);
      }),
    );
  });
});
