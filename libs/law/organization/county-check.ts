import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { resolve } from '../resolve.ts';
import type { Term } from './term-calendar.ts';

/** A county's check of the changes of registrations at its schools. */
export type CountyCheckFacts = {
  term: Term;
  /** Days on which the county checked, in any order. */
  checkedOn: readonly IsoDate[];
};

/**
 * A county looks through the changes at its schools regularly, which is each term (ORG-05): on record from the day after
 * a term in which it did not. Where no text says how often, nothing is owed.
 */
export const judgeCountyCheck = (facts: CountyCheckFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { opensOn, closesOn } = facts.term;
  if (on <= closesOn || resolve('countyTermCheck', place, closesOn).value !== 'EACH_TERM') return [];
  if (facts.checkedOn.some((day) => opensOn <= day && day <= closesOn)) return [];
  return findingIfInForce('ORG-05', {
    message: '县级教育行政部门本学期未核查所属学校学籍信息变动情况。',
    messageEn: 'The county has not checked this term’s changes at its schools.',
    remedy: '请县级教育行政部门尽快核查，并督促学校更正。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
};
