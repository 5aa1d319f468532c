import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import { prevailing } from './prevailing.ts';
import { isLate, type StepClock } from './step-clock.ts';

/** When the school should have filed the resumption of a pupil who is back (ENR-48: ten working days). */
export const resumptionFilingDue = (
  returnedOn: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(returnedOn, requireValue('resumptionFileWithin', place, returnedOn), calendar);

/** When the authority should have decided on a filed resumption (ENR-48: ten working days). */
export const resumptionDecisionDue = (
  filedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(filedAt, requireValue('resumptionDecideWithin', place, shanghaiDate(filedAt)), calendar);

/**
 * A step of a resumption past its date is on record and stops nothing: ENR-48 in Shanxi, elsewhere "promptly" read as
 * ten working days (ENR-49, CF-49).
 */
export const judgeResumptionTime = (
  facts: StepClock & { stage: Stage; step: 'FILING' | 'DECISION' },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!isLate(facts)) return [];
  const spec = { ...SAID[facts.step], on, place, stage: facts.stage };
  return prevailing(findingIfInForce('ENR-48', spec), findingIfInForce('ENR-49', spec));
};

const SAID = {
  FILING: {
    code: 'RESUMPTION_OVERDUE',
    outcome: 'RECORD',
    message: '学生返校后，学校未在期限内申报复学。',
    messageEn: 'The school did not file the resumption in time after the return.',
    remedy: '请学校尽快申报；学生照常就读。',
    ownerLevel: 'SCHOOL',
  },
  DECISION: {
    code: 'RESUMPTION_OVERDUE',
    outcome: 'RECORD',
    message: '学籍主管部门未在期限内审核复学。',
    messageEn: 'The authority did not decide on the resumption in time.',
    remedy: '请主管部门尽快审核；学生照常就读。',
    ownerLevel: 'COUNTY',
  },
} as const;
