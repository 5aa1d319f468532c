import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import { isLate, type StepClock } from './step-clock.ts';

/** When a change should be in the system, or approved once it is (ENR-67: at once, read as ten working days each). */
export const changeStepDue = (
  from: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline => deadlineAfter(from, requireValue('promptly', place, shanghaiDate(from)), calendar);

/** A change of a registration whose entry or approval waits, or is done. */
export type ChangeFacts = StepClock & {
  stage: Stage;
  /** Whose step the clock is. */
  step: 'SCHOOL' | 'AUTHORITY';
  /** The proof of the change is on file. */
  proofFiled: boolean;
};

/**
 * Every change is entered and its proof filed by the school at once, and approved promptly (ENR-67). What is late or
 * lacks its proof once the time is over is on record; the change itself holds.
 */
export const judgeChangeEntry = (facts: ChangeFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const overdue = !facts.provisional && facts.today > facts.dueDate;
  const unfiled = facts.step === 'SCHOOL' && !facts.proofFiled && overdue;
  const said = isLate(facts) ? LATE[facts.step] : unfiled ? UNFILED : undefined;
  if (!said) return [];
  return findingIfInForce('ENR-67', { ...said, outcome: 'RECORD', on, place, stage: facts.stage });
};

const LATE = {
  SCHOOL: {
    message: '学籍变动后，学校未及时在系统中更新。',
    messageEn: 'The school did not enter the change in time.',
    remedy: '请尽快更新学籍信息并上传证明材料。',
    ownerLevel: 'SCHOOL',
  },
  AUTHORITY: {
    message: '学籍变动已更新，上级学籍主管部门未及时核准。',
    messageEn: 'The superior authority did not approve the change in time.',
    remedy: '请主管部门尽快核准。',
    ownerLevel: 'COUNTY',
  },
} as const;

const UNFILED: Omit<FindingSpec, 'on' | 'place'> = {
  message: '学籍变动已更新，证明材料尚未归档。',
  messageEn: 'The change is entered but its proof is not on file.',
  path: ['proofs'],
  remedy: '请补充上传证明材料。',
  ownerLevel: 'SCHOOL',
};

/** When basic information should be up to date after a change (ENR-68: one month); undefined where no text says. */
export const basicInfoUpdateDue = (
  changedOn: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline | undefined => {
  const within = requireValue('basicInfoUpdateWithin', place, changedOn);
  return within ? deadlineAfter(changedOn, within, calendar) : undefined;
};

/** Basic information that is updated late is on record ("in principle", ENR-68). */
export const judgeBasicInfoUpdate = (
  facts: StepClock & { stage: Stage },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  isLate(facts)
    ? findingIfInForce('ENR-68', {
        message: '学籍变动后超过1个月，基础信息尚未更新。',
        messageEn: 'Basic information was not updated within a month of the change.',
        remedy: '请核对并更新学生基础信息。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      })
    : [];
