import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/**
 * A school of the next stage wants to admit a pupil. There is on purpose no fact about a problem record: it stops no
 * admission (ENR-32).
 */
export type AdmissionFacts = {
  /** Status of the registration, such as IN_SCHOOL, GRADUATED, ADMITTED. */
  status: string;
  stage: Stage;
  toStage: Stage;
  /** The admission policy lets the pupil in. */
  meetsPolicy: boolean;
  /** The pupil is in the school's admission plan. */
  inPlan: boolean;
};

const NEXT_STAGE: Readonly<Record<Stage, Stage | undefined>> = {
  PRESCHOOL: 'PRIMARY',
  PRIMARY: 'JUNIOR',
  JUNIOR: 'SENIOR',
  SENIOR: undefined,
};

/** Only graduates of the stage before are admitted (ENR-27), by admission policy and plan (ENR-25). */
export const judgeAdmission = (facts: AdmissionFacts, on: IsoDate, place: LawPlace): Finding[] => {
  enforces('ENR-32');
  const graduated = facts.status === 'GRADUATED' && NEXT_STAGE[facts.stage] === facts.toStage;
  return [
    ...(graduated ? [] : notGraduated(on, place)),
    ...(facts.meetsPolicy && facts.inPlan ? [] : notInPlan(facts.meetsPolicy, on, place)),
  ];
};

const notGraduated = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-27', {
    code: 'NOT_GRADUATED',
    message: '学生尚未处于上一学段毕业状态，不能招生。',
    messageEn: 'Only a graduate of the stage before can be admitted.',
    path: ['student'],
    remedy: '请毕业学校先完成毕业操作；已被其他学校招生的，由其主管部门先办理招生回退。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const notInPlan = (meetsPolicy: boolean, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-25', {
    code: 'NOT_IN_PLAN',
    message: meetsPolicy ? '学生不在本校招生计划内。' : '学生不符合当地招生政策。',
    messageEn: meetsPolicy
      ? 'The pupil is not in the admission plan.'
      : 'The admission policy does not let the pupil in.',
    path: ['student'],
    remedy: '请核对招生计划和录取结果；确应录取的，由主管部门更正后办理。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });

/** A registration that is to move to the school that admitted the pupil. */
export type HandOverFacts = { status: string; reported: boolean };

/** The registration moves, and the pupil is in school again, only after reporting there (ENR-25, ENR-27). */
export const judgeReporting = (facts: HandOverFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.status === 'ADMITTED' && facts.reported) return [];
  const said = {
    code: 'NOT_REPORTED',
    message: '学生尚未被招生或尚未到校报到，学籍不能转接。',
    messageEn: 'The pupil has not been admitted or has not reported; the registration does not move.',
    path: ['student'],
    remedy: '请在学生到校报到后办理；逾期未到的按未报到处理。',
    ownerLevel: 'SCHOOL' as const,
    on,
    place,
  };
  const [later] = findingIfInForce('ENR-25', said);
  return later ? [later] : findingIfInForce('ENR-27', said);
};

/** Until when the next school links and updates the registration (ENR-26); undefined where no text sets a limit. */
export const goingOnDue = (
  reportedOn: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline | undefined => {
  const within = requireValue('stageProgressionWithin', place, reportedOn);
  return within ? deadlineAfter(reportedOn, within, calendar) : undefined;
};

/** A going-on that is late is on record; it is completed all the same (ENR-26). */
export const judgeGoingOn = (
  facts: { dueOn: IsoDate; completedOn: IsoDate | null },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if ((facts.completedOn ?? on) <= facts.dueOn) return [];
  return findingIfInForce('ENR-26', {
    message: '升学学籍转接未在报到后1个月内完成。',
    messageEn: 'The going-on was not completed within a month of reporting.',
    remedy: '请升入学校尽快完成转接和信息更新。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};
