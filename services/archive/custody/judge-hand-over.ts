import { judgeCalledForArchive } from '#libs/law/archive/called-for.ts';
import { judgeHandingOver } from '#libs/law/archive/handing-over.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { Archive, HandOver } from '../archives/archive.ts';

/** The day, the law of the place of the custodian, and the working days. */
export type Known = { today: string; place: LawPlace; calendar: WorkingDayCalendar };

/** What the law says of a hand-over: passed on in time, late, or not at all (ARC-08, ARC-10, ARC-20, ARC-22). */
export const judgeHandOver = (
  { reason, owedAt, passedOnOn, sentBack }: Pick<HandOver, 'reason' | 'owedAt' | 'passedOnOn' | 'sentBack'>,
  { stage }: Pick<Archive, 'stage'>,
  { today, place, calendar }: Known,
): Finding[] => {
  const facts = { passedOnOn, sentBackOn: sentBack?.on ?? null, stage };
  return reason === 'CALLED_FOR'
    ? judgeCalledForArchive({ calledForAt: new Date(owedAt), ...facts }, today, place, calendar)
    : judgeHandingOver({ reason, owedAt: new Date(owedAt), ...facts }, today, place, calendar);
};
