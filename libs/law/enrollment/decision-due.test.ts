import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { decisionDue } from './decision-due.ts';

describe('a step that is to be decided promptly', () => {
  it('is due on the tenth working day after it was asked for, everywhere', () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      const due = decisionDue(new Date('2026-09-01T23:59:59+08:00'), place, workingDayCalendar());
      expect(due).toMatchObject({ dueDate: '2026-09-15', provisional: false });
      expect(due.dueAt.toISOString()).toBe('2026-09-15T16:00:00.000Z');
    }
  });
});
