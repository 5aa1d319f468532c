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
 * What was not done in time is on record and stops nothing: the authority decides on a new registration promptly
 * (ENR-08), a school does its registration business in time and works with its authority (ORG-06). "Promptly" is read
 * as ten working days (CF-49).
 */
export const judgeDuties = (facts: WaitingFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.provisional || on <= facts.dueOn) return [];
  return facts.waitsFor === 'SCHOOL' ? schoolLate(on, place) : authorityLate(facts, on, place);
};

const authorityLate = ({ authorityLevel }: WaitingFacts, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-08', {
    code: 'REGISTRATION_DECISION_OVERDUE',
    outcome: 'RECORD',
    message: '学籍主管部门尚未在期限内对新建学籍作出决定。',
    messageEn: 'The registry authority has not decided on this registration in time.',
    remedy: '请尽快核准、退回或不予核准；学生照常就读。',
    ownerLevel: authorityLevel,
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
