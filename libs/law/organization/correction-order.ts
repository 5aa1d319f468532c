import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, finding, type LawPlace, type OwnerLevel } from '../finding.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/** When a breach is to be put right: ten working days from the order (ORG-23, ours). */
export const correctionDue = (
  orderedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(orderedAt, requireValue('promptly', place, shanghaiDate(orderedAt)), calendar);

/** An order to correct. `orderedBy`: the level that ordered. */
export type CorrectionFacts = {
  orderedBy: Exclude<OwnerLevel, 'SCHOOL' | 'GUARDIAN'>;
  /** The outcome is on file and accepted. */
  corrected: boolean;
  dueAt: Date;
  /** The date rests on a year whose working days are not published. */
  provisional: boolean;
};

const ABOVE: Readonly<Record<CorrectionFacts['orderedBy'], CorrectionFacts['orderedBy']>> = {
  COUNTY: 'CITY',
  CITY: 'PROVINCE',
  PROVINCE: 'MINISTRY',
  MINISTRY: 'MINISTRY',
};

/** An order that is not fulfilled in time goes to the next level (ORG-23): RECORD, owned by that level. */
export const judgeCorrection = (facts: CorrectionFacts, now: Date, place: LawPlace): Finding[] => {
  if (facts.corrected || facts.provisional || now < facts.dueAt) return [];
  return [
    finding('ORG-23', {
      code: 'CORRECTION_OVERDUE',
      outcome: 'RECORD',
      message: '责令改正期限已过，尚未改正，转上一级教育行政部门督办。',
      messageEn: 'The breach was not put right in time; the next level takes it up.',
      remedy: '请上一级教育行政部门督办；被责令单位应立即改正并上报结果。',
      ownerLevel: ABOVE[facts.orderedBy],
      on: shanghaiDate(now),
      place,
    }),
  ];
};
