import type { IsoDate } from '../dates.ts';
import { calendarEnd } from '../deadline.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Term } from '../organization/term-calendar.ts';
import { resolve } from '../resolve.ts';

/** Days on which a school's check of a term counts, both included. */
export type CheckWindow = { from: IsoDate; to: IsoDate };

/**
 * When a school may confirm its check of a term: in Shanxi from the same day of the month after the opening on, elsewhere
 * from the opening on, and everywhere to the last day of the term (STA-03). The law is that of the opening day: a check
 * that runs keeps it.
 */
export const checkWindow = ({ opensOn, closesOn }: Term, place: LawPlace): CheckWindow => {
  const { value } = resolve('schoolTermCheckNotBefore', place, opensOn);
  if (value === undefined || value.unit === 'WORKING_DAY') return { from: opensOn, to: closesOn };
  return { from: calendarEnd(opensOn, value.amount, value.unit), to: closesOn };
};

/** What stands against confirming on a day: it is too early, or the term is over and the check on record as missing (STA-03). */
export const judgeConfirming = (window: CheckWindow, on: IsoDate, place: LawPlace): Finding[] => {
  if (on > window.to) return judgeSchoolCheck({ window, isChecked: false }, on, place);
  if (on >= window.from) return [];
  return findingIfInForce('STA-03', {
    code: 'TERM_CHECK_TOO_EARLY',
    outcome: 'REJECT',
    message: `学校每学期核准须在开学一个月后进行，最早为${window.from}。`,
    messageEn: `The check of a term is made after its first month, from ${window.from} on.`,
    path: ['term'],
    remedy: `请于${window.from}及以后核准。`,
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};

/** A school that has not checked by the end of a term is on record from the day after (STA-03). */
export const judgeSchoolCheck = (
  { window, isChecked }: { window: CheckWindow; isChecked: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  isChecked || on <= window.to
    ? []
    : findingIfInForce('STA-03', {
        outcome: 'RECORD',
        message: '学校本学期未对学籍信息进行核准。',
        messageEn: 'The school has not checked its registrations in this term.',
        remedy: '请学校核对人籍是否一致、手续是否完备、信息是否准确；下学期按时核准。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      });

/**
 * A county that has not checked a term's changes by its last day is on record from the day after (STA-04); where no text
 * says how often, nothing is owed.
 */
export const judgeCountyTermCheck = (
  { closesOn, checkedOn }: { closesOn: IsoDate; checkedOn: IsoDate | null },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (on <= closesOn || resolve('countyTermCheck', place, closesOn).value !== 'EACH_TERM') return [];
  if (checkedOn !== null && checkedOn <= closesOn) return [];
  return findingIfInForce('STA-04', {
    outcome: 'RECORD',
    message: '县级教育行政部门本学期未核查学籍信息变动情况。',
    messageEn: 'The county has not checked this term’s changes.',
    remedy: '请县级教育行政部门建立核查机制，每学期至少核查一次。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
};

/** What a school leaves open when it confirms its check. */
export type LeftOpen = {
  /** Problem records that wait, and those that this check has found. */
  problems: number;
  /** Pupils whose identity has not been compared with the population register. */
  unverified: number;
  /** Registrations whose formalities are not complete. */
  unfinished: number;
  /** Children who attend without any record. */
  withoutRecord: number;
};

/** What is on record with a confirmed check: each fault is followed to its end and stops nothing (STA-03, STA-05). */
export const judgeLeftOpen = (left: LeftOpen, on: IsoDate, place: LawPlace): Finding[] => {
  const incomplete = left.unverified + left.unfinished + left.withoutRecord;
  return [
    ...(left.problems === 0
      ? []
      : findingIfInForce('STA-05', {
          outcome: 'RECORD',
          message: `核准时有${left.problems}件问题学籍未办结，须跟踪处理到办结。`,
          messageEn: `${left.problems} problem records are open and are followed to their end.`,
          remedy: '请学校核实后处理，需要时报主管部门。',
          ownerLevel: 'SCHOOL',
          on,
          place,
        })),
    ...(incomplete === 0
      ? []
      : findingIfInForce('STA-03', {
          code: 'TERM_CHECK_FAULTS_OPEN',
          outcome: 'RECORD',
          message: `核准时有${left.unverified}名学生身份未核验、${left.unfinished}人手续不完备、${left.withoutRecord}人有人无籍。`,
          messageEn: `${left.unverified} pupils are not verified, ${left.unfinished} registrations not complete, ${left.withoutRecord} children without a record.`,
          remedy: '请学校尽快补办手续、核验身份，为有人无籍的学生建立学籍。',
          ownerLevel: 'SCHOOL',
          on,
          place,
        })),
  ];
};
