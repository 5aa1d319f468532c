import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import type { LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/**
 * When a step without a figure of its own should be decided: promptly, read as ten working days (CF-49). For a
 * deferral (W-06), the consent to cancel an admission (W-06), a city's confirmation or special case (W-05), a change of
 * grade (W-25). What comes later is late, never void.
 */
export const decisionDue = (
  askedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(askedAt, requireValue('promptly', place, shanghaiDate(askedAt)), calendar);
