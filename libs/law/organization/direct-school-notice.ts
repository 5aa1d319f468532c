import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Term } from './term-calendar.ts';

/** A school's written notice of a term's transfers to the county where it lies. */
export type DirectSchoolNoticeFacts = {
  managedBy: 'PROVINCE' | 'CITY' | 'COUNTY';
  term: Term;
  /** Pupils transferred in and out in the term. */
  moved: number;
  /** Day of the written notice; null: none. */
  notifiedOn: IsoDate | null;
};

/**
 * A school run by province or city tells its county each term, in writing, who was transferred in and out (ORG-12). On
 * record from the day after the term when it has not; a term without transfers needs no notice (ours).
 */
export const judgeDirectSchoolNotice = (
  facts: DirectSchoolNoticeFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const { closesOn } = facts.term;
  if (facts.managedBy === 'COUNTY' || facts.moved === 0) return [];
  if ((facts.notifiedOn ?? on) <= closesOn) return [];
  return findingIfInForce('ORG-12', {
    message: '本学期转入、转出情况未在学期内书面告知学校所在地县级教育行政部门。',
    messageEn: 'The county has not been told in writing of this term’s transfers.',
    remedy: '请学校补报本学期转入、转出学生情况。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};
