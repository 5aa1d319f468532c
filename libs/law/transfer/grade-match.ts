import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { judgeGradeMatch, type LocalGrade } from '../enrollment/compulsory-year.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import { resolve } from '../resolve.ts';
import { gradeOfYear, isAroundPrimaryGraduation, schoolingYearOf } from './grade.ts';
import type { CaseKind } from './kinds.ts';

/** The grade a pupil comes from and the one the receiving school takes the pupil into. */
export type TransferGradeFacts = {
  kind: CaseKind;
  acrossProvinces: boolean;
  from: LocalGrade;
  to: LocalGrade;
  /** The county of the receiving school has consented to the other grade. */
  countyConsent: boolean;
  /** The pupil will still have the full nine years. */
  nineYearsGuaranteed: boolean;
};

/**
 * A transfer changes no grade; between school systems grades are matched as years (TRF-17, ENR-69), and a graduate goes
 * on into the next year (TRF-39). Where the receiving province leaves it open, a pupil who moves across provinces and
 * school systems around primary graduation may be taken into another grade with the county's consent, if the nine years
 * stay full (TRF-18); Shanxi has closed that (CF-15). `place`: that of the receiving school.
 */
export const judgeTransferGrade = (facts: TransferGradeFacts, on: IsoDate, place: LawPlace): Finding[] => {
  enforces('ENR-69', 'TRF-39');
  const { kind, from, to } = facts;
  const year = schoolingYearOf(from);
  const target = schoolingYearOf(to);
  if (year === undefined || target === undefined) return judgeGradeMatch({ from, to }, on, place);
  const expected = kind === 'CROSS_PROVINCE_STUDY' ? year + 1 : year;
  if (target === expected) return [];
  const allowed = resolve('transferGradeChange', place, on, { stage: to.stage }).value;
  if (allowed !== 'COUNTY_CONSENT' || !isWithinException(facts)) {
    return findingIfInForce('TRF-17', { ...forbidden(expected, to), on, place, stage: to.stage });
  }
  if (facts.countyConsent && facts.nineYearsGuaranteed) return [];
  return findingIfInForce('TRF-18', { ...lacking(facts, expected), on, place, stage: to.stage });
};

const isWithinException = ({ acrossProvinces, from, to }: TransferGradeFacts): boolean =>
  acrossProvinces && from.system !== to.system && isAroundPrimaryGraduation(from);

type Said = Pick<
  FindingSpec,
  'code' | 'outcome' | 'message' | 'messageEn' | 'path' | 'remedy' | 'ownerLevel'
>;

const STAGE_NAMES: Readonly<Record<LocalGrade['stage'], string>> = {
  PRESCHOOL: '幼儿园',
  PRIMARY: '小学',
  JUNIOR: '初中',
  SENIOR: '高中',
};

/** The grade of the receiving school that would not change anything, in words. */
const fittingGrade = (expected: number, { system }: LocalGrade): string => {
  const fitting = gradeOfYear(expected, system);
  return fitting ? `改为${STAGE_NAMES[fitting.stage]}${fitting.grade}年级` : '核对学制和年级';
};

const CHANGED = {
  code: 'GRADE_CHANGE_FORBIDDEN',
  outcome: 'REJECT' as const,
  path: ['target', 'grade'],
};

const forbidden = (expected: number, to: LocalGrade): Said => ({
  ...CHANGED,
  message: '转学不得变更就读年级；不同学制之间按一至九年级对应。',
  messageEn: 'A transfer changes no grade; between school systems years 1 to 9 are matched.',
  remedy: `请${fittingGrade(expected, to)}。`,
  ownerLevel: 'SCHOOL',
});

const lacking = ({ countyConsent, to }: TransferGradeFacts, expected: number): Said => ({
  ...CHANGED,
  message: countyConsent
    ? '变更入读年级须保障学生完整接受九年义务教育。'
    : '变更入读年级须经转入地县级教育行政部门同意。',
  messageEn: 'Another grade needs the county’s consent and nine full years.',
  remedy: `请${fittingGrade(expected, to)}；确需变更的，${countyConsent ? '核实九年义务教育年限' : '报县级教育行政部门同意'}。`,
  ownerLevel: 'COUNTY',
});
