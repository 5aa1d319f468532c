import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import type { CountedDay } from '#libs/law/organization/due-date-recount.ts';

/** Until when an application is to be answered, and what the day was counted from. */
export type AnswerDue = CountedDay & { calendarVersion: string };

/** Whoever is asked answers promptly, which is ten working days from when it came to them (CF-49). */
export const answerDue = (askedAt: string, place: LawPlace, calendar: WorkingDayCalendar): AnswerDue => {
  const { dueDate, provisional, calendarVersion, counted } = decisionDue(new Date(askedAt), place, calendar);
  return { dueOn: dueDate, provisional, calendarVersion, ...(counted ? { counted } : {}) };
};
