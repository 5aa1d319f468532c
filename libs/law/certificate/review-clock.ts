import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { addWorkingDays, type WorkingDayDeadline } from '../working-days.ts';

/** Working days for the review of a batch of outcomes, and for the seal of a certificate of schooling (ours, W-19). */
export const REVIEW_WORKING_DAYS = 10;

/** The last day on which an authority reviews or seals in time; `from`: when it was handed in. */
export const reviewDue = (from: Date, calendar: WorkingDayCalendar): WorkingDayDeadline =>
  addWorkingDays(from, REVIEW_WORKING_DAYS, calendar);

/** A review or seal as its clock sees it. */
export type ReviewTime = {
  business: 'OUTCOMES' | 'SCHOOLING';
  dueOn: IsoDate;
  provisional: boolean;
  stage: Stage;
};

/** Late work is put on record and goes on (CRT-07 for outcomes, CRT-10 for certificates of schooling); a provisional day is not held against anybody. */
export const judgeReviewTime = (facts: ReviewTime, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.provisional || on <= facts.dueOn) return [];
  const isOutcome = facts.business === 'OUTCOMES';
  return [
    finding(isOutcome ? 'CRT-07' : 'CRT-10', {
      code: 'REVIEW_OVERDUE',
      outcome: 'RECORD',
      message: isOutcome ? '毕业、结业、肄业信息未在规定时间内审核。' : '学历证明书未在规定时间内验印。',
      messageEn: isOutcome
        ? 'The outcomes were not reviewed in time.'
        : 'The certificate was not sealed in time.',
      path: ['dueOn'],
      remedy: '请尽快办理。',
      ownerLevel: 'COUNTY',
      on,
      place,
      stage: facts.stage,
    }),
  ];
};
