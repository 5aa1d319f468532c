import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';

/** A stretch of the management tree, both ends included. */
export type TreeRange = { lo: bigint; hi: bigint };

/** Right to the fields of one running case; it ends with the case. */
export type CaseGrant = { studentId: string; fields: readonly string[]; endsAt?: Date };

/** What is asked for, by whom. `position`: where the student's registration stands in the tree. */
export type AccessFacts = {
  range: TreeRange;
  position: bigint;
  studentId: string;
  fields: readonly string[];
  grants: readonly CaseGrant[];
};

/**
 * A user reads students below the own unit, and of the other side of a running case the case's fields (PRV-12). The
 * answer never says whether the student exists.
 */
export const judgeAccess = (facts: AccessFacts, now: Date, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.range.lo <= facts.position && facts.position <= facts.range.hi) return [];
  const granted = facts.grants.some(
    (grant) =>
      grant.studentId === facts.studentId &&
      (!grant.endsAt || now < grant.endsAt) &&
      facts.fields.every((field) => grant.fields.includes(field)),
  );
  if (granted) return [];
  return [
    finding('PRV-12', {
      message: '不在您的管辖范围内。',
      messageEn: 'This is outside your jurisdiction.',
      remedy: '请由学籍主管部门办理，或在办理中的业务里查看。',
      on,
      place,
    }),
  ];
};

/** Reading many children at once needs a purpose on record (PRV-13). `bulkFrom`: as many students make a bulk read. */
export const judgePurpose = (
  facts: { students: number; purpose: string | null | undefined },
  on: IsoDate,
  place: LawPlace,
  bulkFrom = 2,
): Finding[] => {
  if (facts.students < bulkFrom || (facts.purpose ?? '').trim() !== '') return [];
  return [
    finding('PRV-13', {
      message: '批量查看学生信息须填写用途。',
      messageEn: 'A purpose is needed to read many students at once.',
      path: ['purpose'],
      remedy: '请填写用途后重试。',
      on,
      place,
    }),
  ];
};
