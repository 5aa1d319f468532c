import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/** A registration that waits for somebody, and until which day. */
export type WaitingFacts = {
  waitsFor: 'AUTHORITY' | 'SCHOOL';
  /** Level of the authority that decides. */
  authorityLevel: 'MINISTRY' | 'PROVINCE' | 'CITY' | 'COUNTY' | 'SCHOOL';
  dueOn: IsoDate;
  /** The day rests on a year whose working days are not published: nothing is on record before they are. */
  provisional: boolean;
};

/** When a school should have answered what was sent back to it (ORG-06: promptly, CF-49). */
export const answerDue = (
  sentBackAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(sentBackAt, requireValue('promptly', place, shanghaiDate(sentBackAt)), calendar);

/**
 * Duties that were not done in time are on record and stop nothing: a county checks what its schools enter (ORG-05),
 * a school answers what was sent back to it (ORG-06). "Promptly" is read as ten working days (CF-49).
 */
export const judgeDuties = (facts: WaitingFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.provisional || on <= facts.dueOn) return [];
  if (facts.waitsFor === 'SCHOOL') return schoolLate(on, place);
  return facts.authorityLevel === 'COUNTY' ? countyLate(on, place) : [];
};

const countyLate = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ORG-05', {
    code: 'COUNTY_CHECK_MISSING',
    outcome: 'RECORD',
    message: '县级学籍主管部门尚未在期限内核查该学籍。',
    messageEn: 'The county has not checked this registration in time.',
    remedy: '请尽快核准、退回或不予核准；学生照常就读。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });

const schoolLate = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ORG-06', {
    code: 'SCHOOL_DUTY_FINDING',
    outcome: 'RECORD',
    message: '学校尚未在期限内更正并重新提交退回的学籍。',
    messageEn: 'The school has not handed in again what was sent back to it.',
    remedy: '请更正后重新提交；学生照常就读。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
