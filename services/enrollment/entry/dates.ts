import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { noShowAfterDay } from '#libs/law/enrollment/no-show.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { type Term, termOf } from '#libs/law/organization/term-calendar.ts';
import type { EntryPlace } from './place-rows.ts';

/** When the term opens that somebody is to enter, and after which day a no-show is one (ENR-14). */
export type EntryDates = Pick<EntryPlace, 'opensOn' | 'dueOn' | 'provisional'> & { findings: Finding[] };

/** Dates of an entry in the autumn of a school year; CALENDAR_MISSING while the term is not entered (ORG-28). */
export const entryDates = (
  { schoolYear, extendedUntil }: { schoolYear: number; extendedUntil: string | null },
  terms: readonly Term[],
  today: string,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): EntryDates => {
  const { term, findings } = termOf(terms, { schoolYear, season: 'AUTUMN' }, today, place);
  if (term === undefined) return { opensOn: null, dueOn: null, provisional: true, findings };
  const { opensOn } = term;
  const limit = noShowAfterDay({ opensOn, extendedUntil }, place, calendar);
  return { opensOn, dueOn: limit?.day ?? null, provisional: limit?.provisional ?? false, findings: [] };
};
