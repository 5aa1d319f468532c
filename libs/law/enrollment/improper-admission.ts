import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import type { AuthorityLevel } from './no-show.ts';
import { noTextPermits } from './no-text.ts';

/** A report that a place was won by improper means. */
export type ImproperAdmissionFacts = {
  stage: Stage;
  /** What the competent authority has found out. */
  check: 'PENDING' | 'CONFIRMED' | 'UNFOUNDED';
  /** Senior: the superior authority agrees that the admission is cancelled. */
  authorityConsents: boolean;
  authorityLevel: AuthorityLevel;
};

/**
 * Judges what follows from a place won by improper means (ENR-15, Shanxi), before or after the pupil has reported: the
 * competent authority checks first. Compulsory: the county where the pupil should study arranges a school, and the
 * admission is never cancelled. Senior: it is cancelled once the superior authority has agreed. Where no text provides
 * for it, nothing can be taken from the pupil.
 */
export const judgeImproperAdmission = (
  facts: ImproperAdmissionFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!isInForce('ENR-15', on, place, facts.stage)) {
    const what = { what: '因不正当手段取消入学资格', whatEn: 'Cancelling an improper admission' };
    return [noTextPermits(what, on, place)];
  }
  if (facts.check === 'PENDING') return checkPending(facts.authorityLevel, on, place);
  if (facts.check === 'UNFOUNDED') return unfounded(on, place);
  if (isCompulsory(facts.stage)) return reassign(on, place);
  return facts.authorityConsents ? [] : consentMissing(facts.authorityLevel, on, place);
};

const checkPending = (ownerLevel: AuthorityLevel, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-15', {
    code: 'IMPROPER_ADMISSION_UNCHECKED',
    outcome: 'HOLD',
    message: '以不正当手段取得升学资格的情况须先由主管部门核查。',
    messageEn: 'The competent authority checks the report first.',
    remedy: '请等待主管部门核查；学生照常就读。',
    ownerLevel,
    on,
    place,
  });

const unfounded = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-15', {
    code: 'IMPROPER_ADMISSION_UNFOUNDED',
    outcome: 'REJECT',
    message: '主管部门核查未发现不正当手段，入学资格不变。',
    messageEn: 'The check found nothing improper; the admission stands.',
    remedy: '请结束此项业务；学生照常就读。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const reassign = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-15', {
    code: 'REASSIGN_SCHOOL',
    outcome: 'RECORD',
    message: '核查属实，由学生应就读地的县级教育行政部门安排学校就读。',
    messageEn: 'The report is confirmed; the county where the pupil should study arranges a school.',
    remedy: '请应就读地县级教育行政部门安排学校；安排好之前学生照常就读。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });

const consentMissing = (ownerLevel: AuthorityLevel, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-15', {
    code: 'ADMISSION_CANCELLED',
    outcome: 'HOLD',
    message: '核查属实，取消入学资格须经上级学籍主管部门同意。',
    messageEn: 'The report is confirmed; the superior registry authority has to agree to the cancelling.',
    remedy: '请报上级学籍主管部门，同意后生效。',
    ownerLevel,
    on,
    place,
  });
