import { fullYears, type IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { type Term, termOf } from '../organization/term-calendar.ts';
import { requireValue, resolve } from '../resolve.ts';
import { entryCutoff } from './entry.ts';

/** A guardian's application to let a child of age enter later. */
export type DeferralFacts = {
  /** The school year in whose autumn the child should enter. */
  schoolYear: number;
  /** Six-digit county of the child's household. */
  householdCounty: string;
  /** The terms that the authority's jurisdiction has entered. */
  terms: readonly Term[];
  /** Where a district bureau decides on its own rule (Beiguan): it has. */
  decided: boolean;
};

/**
 * Judges an application for deferral on the day it is made (`on`), at the authority it is made to (`place`, with its
 * county). The county of the household decides (ENR-11, CF-21); Shanxi closes with the opening of the autumn term, other
 * places set no limit; in Beiguan the child waits for the bureau (ENR-12). A deferred child has no registration
 * meanwhile, and a new application is made for each school year.
 */
export const judgeDeferral = (facts: DeferralFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { value, warnings } = resolve('deferralBefore', place, on);
  if (value === undefined) return warnings;
  return [
    ...(facts.householdCounty === place.county ? [] : wrongAuthority(on, place)),
    ...(value === 'SCHOOL_YEAR_START' ? judgeTime(facts, on, place) : []),
    ...(facts.decided ? [] : bureauDecides(on, place)),
    ...warnings,
  ];
};

const judgeTime = ({ schoolYear, terms }: DeferralFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { term, findings } = termOf(terms, { schoolYear, season: 'AUTUMN' }, on, place);
  if (!term) return findings;
  if (on < term.opensOn) return [];
  return findingIfInForce('ENR-11', {
    code: 'DEFERRAL_OUT_OF_TIME',
    message: '缓学须在学年开始前申请，本学年已经开学。',
    messageEn: 'A deferral is asked for before the school year begins; it has begun.',
    path: ['schoolYear'],
    remedy: '请为儿童办理入学；确因病不能到校的，可办理延期入学手续，或入学后申请休学。',
    ownerLevel: 'GUARDIAN',
    on,
    place,
  });
};

const wrongAuthority = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-11', {
    code: 'DEFERRAL_WRONG_AUTHORITY',
    message: '缓学应向儿童户籍所在地县级教育行政部门申请。',
    messageEn: 'A deferral is asked for at the county authority of the child’s household.',
    path: ['authority'],
    remedy: '请转到户籍所在地县级教育行政部门申请。',
    ownerLevel: 'GUARDIAN',
    on,
    place,
  });

const bureauDecides = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-12', {
    code: 'DEFERRAL_DECISION_PENDING',
    message: '推迟入学须由区教育局决定。',
    messageEn: 'The district bureau decides on a later entry.',
    remedy: '请等待区教育局决定。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage: 'PRIMARY',
  });

/** A child who enters primary grade one in the autumn of `entryYear`. */
export type LateEntryFacts = {
  birthDate: IsoDate;
  entryYear: number;
  /** The district bureau has agreed to the entry. */
  decided: boolean;
};

/** In Beiguan a child who was of age the year before and did not enter asks the bureau for entry (ENR-12). */
export const judgeLateEntry = (facts: LateEntryFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const age = requireValue('entryAge', place, on, { stage: 'PRIMARY' });
  const wasOfAge = fullYears(facts.birthDate, entryCutoff(facts.entryYear - 1, on, place)) >= age;
  if (!wasOfAge || facts.decided) return [];
  return findingIfInForce('ENR-12', {
    code: 'LATE_ENTRY_DECISION_PENDING',
    message: '上一年度已达入学年龄而未入学的儿童，须经区教育局同意后入学。',
    messageEn: 'A child who was of age last year and did not enter needs the bureau’s consent.',
    path: ['form', 'birthDate'],
    remedy: '请由监护人向区教育局申请；已按时入学的，请核对出生日期。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage: 'PRIMARY',
  });
};

/** A deferral that was approved. */
export type GrantedDeferralFacts = {
  /** The school year that the child was let off. */
  schoolYear: number;
  entered: boolean;
  /** A new deferral was approved. */
  renewed: boolean;
  terms: readonly Term[];
};

/**
 * A deferral lasts one school year; once the next autumn term has opened, a child who has neither entered nor been
 * deferred again is a clue for the dropout ledger (ENR-11, ours). HOLD CALENDAR_MISSING where that term is not entered.
 */
export const judgeDeferralEnd = (facts: GrantedDeferralFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.entered || facts.renewed) return [];
  const next = { schoolYear: facts.schoolYear + 1, season: 'AUTUMN' as const };
  const { term, findings } = termOf(facts.terms, next, on, place);
  if (!term) return findings;
  if (on < term.opensOn) return [];
  return findingIfInForce('ENR-11', {
    code: 'DEFERRAL_EXPIRED',
    outcome: 'RECORD',
    message: '缓学期满，儿童既未入学也未重新申请缓学。',
    messageEn: 'The deferral has ended and the child has neither entered nor been deferred again.',
    remedy: '请列入控辍保学线索，联系监护人送其入学或重新申请。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
};
