import fc from 'fast-check';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays } from '../dates.ts';
import { countDays, remindersBefore } from './clock-days.ts';
import { REMINDED_BEFORE, TICKET_DAYS, ticketDue } from './clocks.ts';

const calendar = workingDayCalendar();

describe('the holder of a due date', () => {
  it('is reminded three working days and one before it, and on the day itself', () => {
    expect(remindersBefore('2026-09-02', '2026-09-16', REMINDED_BEFORE, calendar)).toEqual([
      ...['2026-09-11', '2026-09-15', '2026-09-16'],
    ]);
    expect(remindersBefore('2026-09-15', '2026-09-16', REMINDED_BEFORE, calendar)).toEqual(['2026-09-16']);
  });

  it('is never reminded before the start or after the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 30 }), (n, length) => {
        const from = addDays('2026-09-01', n);
        const dueOn = addDays(from, length);
        const days = remindersBefore(from, dueOn, REMINDED_BEFORE, calendar);
        expect(days.at(-1)).toBe(dueOn);
        expect(days.every((day) => day > from && day <= dueOn)).toBe(true);
      }),
    );
  });
});

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
