import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { GroundFacts, HouseholdBorder } from './grounds.ts';
import type { CaseKind } from './kinds.ts';

/** What a transfer between ordinary senior schools rests on. */
export type SeniorGroundFacts = GroundFacts & {
  /** The family's residence has moved with the household. */
  residenceMoved: boolean;
  /** The receiving school lies at the household's place. */
  targetAtHousehold: boolean;
  /** The schools are of comparable level, as an authority has judged; null: not judged yet. */
  comparableLevel: boolean | null;
};

/** Moves between urban districts of one city do not count. */
const FAR_ENOUGH: ReadonlySet<HouseholdBorder> = new Set(['PROVINCE', 'CITY', 'COUNTY']);

/**
 * Between ordinary senior schools of Shanxi: the household moved across province, city or county, the residence with it,
 * to a school of comparable level at the household's place (TRF-11), which waits for an authority to judge. By the law of the
 * receiving place.
 */
export const judgeSeniorGround = (facts: SeniorGroundFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const problem = problemWith(facts);
  const where = { path: ['ground'], on, place, stage: 'SENIOR' as const };
  if (problem !== undefined) {
    return findingIfInForce('TRF-11', {
      ...problem,
      remedy:
        '普通高中转学须户籍跨省、市、县迁移且居住地相应变化，转入户籍地办学水平相当的学校；请核对后申请。',
      ownerLevel: 'GUARDIAN',
      ...where,
    });
  }
  return facts.comparableLevel === null ? findingIfInForce('TRF-11', { ...levelNotJudged, ...where }) : [];
};

/** No school judges its own level: it waits for the authority of the receiving one. */
const levelNotJudged = {
  outcome: 'HOLD' as const,
  message: '双方学校办学水平是否相当，尚待转入地学籍主管部门认定。',
  messageEn: 'Whether the schools are of comparable level is for the receiving authority to judge.',
  remedy: '请转入地学籍主管部门在核办时认定；不相当的，不予同意。',
  ownerLevel: 'COUNTY' as const,
};

const problemWith = (facts: SeniorGroundFacts): { message: string; messageEn: string } | undefined => {
  const { ground, proven, household } = facts;
  if (ground !== 'HOUSEHOLD_MOVE' || !proven || !household || !FAR_ENOUGH.has(household.across)) {
    return {
      message: '户籍未跨省、市、县迁移（同一城市不同城区间迁移不算），或未提供证明。',
      messageEn: 'The household has not moved across a province, city or county, or it is not proven.',
    };
  }
  if (!facts.residenceMoved) {
    return { message: '家庭居住地未随户籍相应变化。', messageEn: 'The residence has not moved with it.' };
  }
  if (!facts.targetAtHousehold) {
    return {
      message: '拟转入学校不在户籍地。',
      messageEn: 'The receiving school does not lie at the household’s place.',
    };
  }
  return facts.comparableLevel === false
    ? {
        message: '拟转入学校与原就读学校办学水平不相当。',
        messageEn: 'The schools are not of comparable level.',
      }
    : undefined;
};

/** The two senior schools by where they lie. */
export type AdmissionAreaFacts = {
  sourceCounty: string;
  targetCounty: string;
  /** The areas from which the schools admit, as the city names them; absent where none is kept. */
  sourceArea?: string;
  targetArea?: string;
};

/** Ordinary senior pupils do not move inside their county or their admission area (TRF-15, Shanxi). */
export const judgeAdmissionArea = (facts: AdmissionAreaFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const sameCounty = facts.sourceCounty === facts.targetCounty;
  const sameArea = facts.sourceArea !== undefined && facts.sourceArea === facts.targetArea;
  if (!sameCounty && !sameArea) return [];
  return findingIfInForce('TRF-15', {
    message: sameCounty
      ? '普通高中学生不得在本县（市、区）域内转学。'
      : '普通高中学生不得在同一招生区域内转学。',
    messageEn: `Senior pupils do not move inside their ${sameCounty ? 'county' : 'admission area'}.`,
    path: ['target', 'school'],
    remedy: '请在原学校就读；户籍和居住地迁往其他县（市、区）的，向户籍地学校申请。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage: 'SENIOR',
  });
};

/** A move between an ordinary senior school and a vocational one. */
export type VocationalGroundFacts = {
  /** The conditions of such a move are met; between the schools it is for both of them to agree. */
  conditionsMet: boolean;
  /** To an ordinary senior school: the pupil meets its conditions of admission. */
  admissionConditionMet: boolean;
  toVocational: boolean;
};

/**
 * Between senior and vocational schools the conditions are met (TRF-26), and who comes from a vocational school meets the
 * conditions of admission of the receiving senior school (TRF-28). Both Shanxi; windows and majors: TRF-27.
 */
export const judgeVocationalGround = (
  facts: VocationalGroundFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const where = { ownerLevel: 'SCHOOL' as const, on, place, stage: 'SENIOR' as const };
  return [
    ...(facts.conditionsMet
      ? []
      : findingIfInForce('TRF-26', {
          code: 'GROUND_NOT_MET',
          message: '不符合普通高中与中等职业学校互转的条件。',
          messageEn: 'The conditions of a move between senior and vocational school are not met.',
          path: ['ground'],
          remedy: '请按市级转学办法核对条件。',
          ...where,
        })),
    ...(facts.toVocational || facts.admissionConditionMet
      ? []
      : findingIfInForce('TRF-28', {
          message: '中职学生转入普通高中，应符合转入学校的招生条件。',
          messageEn: 'The pupil does not meet the conditions of admission of the senior school.',
          path: ['ground'],
          remedy: '请核对中考成绩等招生条件。',
          ...where,
        })),
  ];
};

/** True for a move between ordinary senior schools, of which TRF-11 and TRF-15 speak. */
export const isOrdinarySenior = (kind: CaseKind, stages: { source: string; target: string }): boolean =>
  (kind === 'IN_PROVINCE_TRANSFER' || kind === 'CROSS_PROVINCE_TRANSFER') &&
  stages.source === 'SENIOR' &&
  stages.target === 'SENIOR';
