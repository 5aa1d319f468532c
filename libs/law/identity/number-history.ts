import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import type { StudentNumberKind } from './student-number.ts';

/** One number that a person holds or held; `validTo` is open for the current one. */
export type HeldNumber = {
  number: string;
  kind: StudentNumberKind;
  validFrom: Date;
  validTo?: Date;
  reason: string;
  approver: string;
};

/** At most one current number, and no number of another person (ID-01). `otherHolders`: persons who hold or held it. */
export const judgeUniqueness = (
  facts: { currentNumbers: number; otherHolders: number },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.currentNumbers <= 1 && facts.otherHolders === 0
    ? []
    : [
        finding('ID-01', {
          message:
            facts.otherHolders > 0
              ? '该学籍号已属于另一名学生。'
              : '该学生已有正在使用的学籍号，不能再有第二个。',
          messageEn: 'One person holds one number, and one number belongs to one person for ever.',
          remedy: '请按已有学籍号办理；如属重复建籍，请提交问题学籍。',
          ownerLevel: 'COUNTY',
          on,
          place,
        }),
      ];

/** A first number is asked for once in a life (ID-04). */
export const judgeNumberApplication = (
  facts: { numberExists: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.numberExists
    ? [
        finding('ID-04', {
          message: '该学生已有学籍号，不能重复申请。',
          messageEn: 'This student has a number already; none can be applied for again.',
          remedy: '请接续已有学籍号。',
          ownerLevel: 'SCHOOL',
          on,
          place,
        }),
      ]
    : [];

/**
 * Gives a person the next number: the current one ends at that instant and stays for ever. The result is a new list
 * that begins with the old entries. Throws RangeError when the new number would begin before the current one.
 */
export const succeed = (history: readonly HeldNumber[], next: Omit<HeldNumber, 'validTo'>): HeldNumber[] => {
  const current = history.at(-1);
  if (current && next.validFrom < current.validFrom)
    throw new RangeError('a number cannot begin in the past');
  const past = history.slice(0, -1);
  const ended = current ? [{ ...current, validTo: next.validFrom }] : [];
  return [...past, ...ended, next];
};

/**
 * History is only ever added to (ID-32). Judges a rewritten history against the stored one: entries may neither
 * vanish nor change, but the current one may end.
 */
export const judgeHistory = (
  stored: readonly HeldNumber[],
  rewritten: readonly HeldNumber[],
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const kept = stored.every((entry, at) => isKept(entry, rewritten[at]));
  if (kept) return [];
  return [
    finding('ID-32', {
      message: '学籍号的历史信息不能修改或删除。',
      messageEn: 'The history of numbers can neither be changed nor deleted.',
      remedy: '如有错误，请通过变更流程新增记录。',
      on,
      place,
    }),
  ];
};

const isKept = (entry: HeldNumber, now: HeldNumber | undefined): boolean =>
  now !== undefined &&
  now.number === entry.number &&
  now.kind === entry.kind &&
  now.reason === entry.reason &&
  now.approver === entry.approver &&
  now.validFrom.getTime() === entry.validFrom.getTime() &&
  (entry.validTo === undefined || now.validTo?.getTime() === entry.validTo.getTime());
