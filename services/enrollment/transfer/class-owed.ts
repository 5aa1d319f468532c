import { Stage } from '#libs/contracts/vocabulary.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { classDue, judgeClassPlacement } from '#libs/law/transfer/hand-over.ts';
import type { Enrollment } from '../entities.ts';

type Owed = Pick<Enrollment, 'classOwedSince' | 'classPlacedAt' | 'stage'>;

/**
 * Who came across provinces and was not placed in a class in time (TRF-48, Beiguan); what was done late stays on record. The
 * day is counted on the calendar of today, so that nobody is late by one that is provisional.
 */
export const lateClass = (
  { classOwedSince, classPlacedAt, stage }: Owed,
  today: string,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const known = Stage.safeParse(stage);
  if (!classOwedSince || !known.success) return [];
  const { dueDate, provisional } = classDue(classOwedSince, place, calendar);
  const doneOn = classPlacedAt ? { doneOn: shanghaiDate(classPlacedAt) } : {};
  const clock = { dueDate, provisional, ...doneOn, today };
  return judgeClassPlacement({ ...clock, acrossProvinces: true, stage: known.data }, place);
};
