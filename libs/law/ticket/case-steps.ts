import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, type IsoDate, partsOf } from '../dates.ts';
import { isLate } from '../enrollment/step-clock.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import type { RuleId } from '../rule-id.ts';
import { countDays } from './clock-days.ts';

/** Cases that a ticket may be about: transfers, cases about a registration, changes of key information, archives on their way. */
export const CASE_KINDS = ['TRANSFER', 'ENROLLMENT', 'KEY_CHANGE', 'ARCHIVE_HANDOVER'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** A turn of a party of a case. `dueOn`: null where no text counts its days. `doneOn`: null while it waits. */
export type CaseStep = {
  party: string;
  unit: string;
  openedOn: IsoDate;
  dueOn: IsoDate | null;
  provisional: boolean;
  doneOn: IsoDate | null;
};

/** By how many working days a step was, or is until today, late; 0 in time, and on a day that rests on an unpublished year (ORG-28). */
export const workingDaysLate = (
  { dueOn, provisional, doneOn }: Pick<CaseStep, 'dueOn' | 'provisional' | 'doneOn'>,
  today: IsoDate,
  calendar: WorkingDayCalendar,
): number => {
  if (dueOn === null) return 0;
  const late = isLate({ dueDate: dueOn, provisional, today, ...(doneOn === null ? {} : { doneOn }) });
  return late ? countDays(dueOn, doneOn ?? today, calendar).days : 0;
};

/** The step that is waited for beyond its day, the earliest due where there are several. */
export const overdueStep = <Step extends CaseStep>(
  steps: readonly Step[],
  today: IsoDate,
): Step | undefined =>
  steps
    .filter(
      ({ doneOn, dueOn, provisional }) =>
        doneOn === null && dueOn !== null && isLate({ dueDate: dueOn, provisional, today }),
    )
    .sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1))[0];

/**
 * The last due day on which a step that is still undone is late by so many working days today, or by more; undefined where the
 * count would rest on an unpublished year (ORG-28).
 */
export const lateSinceDue = (
  workingDays: number,
  today: IsoDate,
  calendar: WorkingDayCalendar,
): IsoDate | undefined => {
  let due = today;
  for (let left = workingDays; left > 0; due = addDays(due, -1)) {
    if (!calendar.isPublished(partsOf(due).year)) return undefined;
    if (calendar.isWorkingDay(due)) left -= 1;
  }
  return due;
};

const OF_ENROLLMENT: Readonly<Record<string, readonly RuleId[]>> = {
  RESUMPTION: ['ENR-48', 'ENR-67'],
  WITHDRAWAL: ['ENR-55', 'ENR-67'],
  DEATH: ['ENR-63', 'ENR-67'],
};

const CLOCKED_BY: Readonly<Record<CaseKind, (matter: string) => readonly RuleId[]>> = {
  TRANSFER: () => ['TRF-03'],
  ENROLLMENT: (matter) => OF_ENROLLMENT[matter] ?? ['ENR-67'],
  KEY_CHANGE: () => ['ID-13'],
  ARCHIVE_HANDOVER: (matter) => (matter === 'ABROAD' ? ['ARC-20'] : ['ARC-10', 'ARC-08']),
};

/**
 * What is on record of a step that was not done in its day: the rule that gave it the day, with its articles (TRF-03, ENR-48,
 * ENR-55, ENR-63, ENR-67, ID-13, ARC-10, ARC-20). `matter`: the kind of the case within its own sort. `place`: of the late party.
 */
export const judgeMissedClock = (
  { kind, matter }: { kind: CaseKind; matter: string },
  step: CaseStep,
  late: number,
  place: LawPlace,
): Finding[] => {
  if (late === 0) return [];
  const on = step.openedOn;
  const rule = CLOCKED_BY[kind](matter).find((each) => isInForce(each, on, place));
  if (rule === undefined) return [];
  return findingIfInForce(rule, {
    code: 'STEP_OVERDUE',
    outcome: 'RECORD',
    message: `该环节应于${step.dueOn}前（含当日）办结，${step.doneOn === null ? '已' : ''}逾期${late}个工作日。`,
    messageEn: `The step was due on ${step.dueOn}; it is late by ${late} working day(s).`,
    path: ['case'],
    remedy: '请责任单位尽快办理，并说明逾期原因。',
    on,
    place,
  });
};

/** A case that somebody names in a ticket, with the party that is said to be late. */
export type CaseLinkFacts = {
  /** The student of the ticket, where one is named. */
  student: string | null;
  /** Undefined where no case is named. */
  case: { person: string; units: readonly string[] } | undefined;
  /** The late party that somebody has named; null: nobody has. */
  named: string | null;
  /** The late party as it would be kept: named, or the one that is waited for. */
  lateUnit: string | null;
  /** The unit that handles the ticket; null for slips. */
  handler: string | null;
};

/**
 * Everything that stands against naming a case and a late party, told at once: the case is about the student of the ticket, the late
 * party takes part in the case, and does not handle the ticket itself, which is for the authority above it (ORG-20). `rule`: of the ticket that names them (TKT-01, TKT-10, TKT-11).
 */
export const judgeCaseLink = (
  facts: CaseLinkFacts,
  rule: RuleId,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const tell = (code: string, message: string, messageEn: string, path: string, under = rule): Finding[] =>
    findingIfInForce(under, {
      ...{ code, outcome: 'REJECT', message, messageEn, path: [path], on, place },
      remedy: '请核对所填业务和责任单位。',
    });
  const { student, named, lateUnit, handler } = facts;
  const isOther = facts.case !== undefined && student !== null && facts.case.person !== student;
  const isNone = named !== null && facts.case === undefined;
  const isOutside = named !== null && facts.case !== undefined && !facts.case.units.includes(named);
  const isOwn = lateUnit !== null && lateUnit === handler;
  return [
    ...(isOther
      ? tell(
          'CASE_OF_ANOTHER_STUDENT',
          '所填业务不是该学生的。',
          'The case is about another student.',
          'case',
        )
      : []),
    ...(isNone
      ? tell(
          'LATE_PARTY_WITHOUT_CASE',
          '未填写业务，不能指明逾期方。',
          'A late party is one of a case.',
          'case',
        )
      : []),
    ...(isOutside
      ? tell(
          'LATE_PARTY_NOT_IN_CASE',
          '所填逾期方不是该业务的办理方。',
          'The late party takes no part in the case.',
          'lateUnit',
        )
      : []),
    ...(isOwn
      ? tell(
          'LATE_PARTY_HANDLES',
          '逾期方为本单位，应由上一级教育行政部门办理，请报上一级。',
          'The unit is late itself: the authority above it handles the ticket.',
          'lateUnit',
          'ORG-20',
        )
      : []),
  ];
};
