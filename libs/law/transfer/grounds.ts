import type { IsoDate } from '../dates.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';

/** Why a family asks for a transfer (TRF-10, TRF-12). */
export const TRANSFER_GROUNDS = [
  'HOUSEHOLD_MOVE',
  'RESIDENCE_CHANGE',
  'PREFERENTIAL_POLICY',
  'MIGRANT_CHILD',
  'OTHER',
] as const;
export type TransferGround = (typeof TRANSFER_GROUNDS)[number];

/** The widest border that a household has crossed; URBAN_DISTRICT: from one urban district of a city to another. */
export type HouseholdBorder =
  | 'PROVINCE'
  | 'CITY'
  | 'COUNTY'
  | 'URBAN_DISTRICT'
  | 'SCHOOL_DISTRICT_OR_TOWNSHIP'
  | 'NONE';

/** The ground of a transfer and what has been shown of it. */
export type GroundFacts = {
  ground: TransferGround;
  /** The proof of the ground is on file, and the receiving school has checked it. */
  proven: boolean;
  /** HOUSEHOLD_MOVE: how far, and whether the guardians moved too. */
  household?: { across: HouseholdBorder; withGuardians: boolean };
};

/** The ground, and whether the receiving place's own requirements are met (TRF-10). */
export type CompulsoryGroundFacts = GroundFacts & { stage: Stage; meetsLocalRequirements: boolean };

/**
 * True for a ground of Beiguan's list that is proven: a transfer on it must be granted (TRF-12). A household moved with
 * the guardians over any border from the school district up, a preferential policy, a migrant worker's child.
 */
export const mustBeGranted = ({ ground, proven, household }: GroundFacts): boolean => {
  if (!proven) return false;
  if (ground === 'HOUSEHOLD_MOVE') {
    return household?.withGuardians === true && household.across !== 'NONE';
  }
  return ground === 'PREFERENTIAL_POLICY' || ground === 'MIGRANT_CHILD';
};

/**
 * The ground of a transfer in compulsory education, by the law of the receiving place. Shanxi: a move of household or
 * residence or the like, shown, and the receiving place's requirements met (TRF-10). Beiguan: what is on its list must
 * be granted, anything else waits for the bureau (TRF-12). Elsewhere no text names grounds.
 */
export const judgeCompulsoryGround = (
  facts: CompulsoryGroundFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const { stage } = facts;
  if (!isCompulsory(stage)) return [];
  const where = { path: ['ground'], on, place, stage };
  const met = facts.proven && facts.meetsLocalRequirements;
  return [
    ...(met ? [] : findingIfInForce('TRF-10', { ...notMet(facts), ...where })),
    ...(mustBeGranted(facts) ? [] : findingIfInForce('TRF-12', { ...forTheBureau, ...where })),
  ];
};

type Said = Omit<FindingSpec, 'on' | 'place' | 'stage' | 'path'>;

const notMet = ({ proven }: GroundFacts): Said => ({
  code: 'GROUND_NOT_MET',
  outcome: 'REJECT',
  message: proven ? '不符合转入地有关要求。' : '未说明并证明户籍迁移、家庭居住地变化等转学原因。',
  messageEn: proven
    ? 'The requirements of the receiving place are not met.'
    : 'A move of household or residence, or the like, is not shown.',
  remedy: proven
    ? '请按转入地要求补充；有疑问的向转入地县级教育行政部门咨询。'
    : '请监护人说明原因，由转入学校上传证明材料。',
  ownerLevel: proven ? 'COUNTY' : 'GUARDIAN',
});

const forTheBureau: Said = {
  code: 'GROUND_NOT_MET',
  outcome: 'HOLD',
  message: '不属于应准予转学的情形，或证明不足，由区教育局决定。',
  messageEn: 'The ground is none of those that must be granted, or is not proven; the bureau decides.',
  remedy: '户籍随监护人迁移、优抚政策、进城务工人员随迁子女的，请补充证明；其他情形由区教育局写明理由决定。',
  ownerLevel: 'COUNTY',
};

/** A move between two schools of one county. */
export type IntraCountyFacts = GroundFacts & {
  stage: Stage;
  /** Six-digit counties in which the schools lie. */
  sourceCounty: string;
  targetCounty: string;
  /** The bureau has agreed, as in its approval of the filing. */
  bureauAgrees: boolean;
};

/**
 * Schools inside Beiguan do not exchange pupils, in principle (TRF-13); where the household moved across school districts
 * and the bureau agrees, they do (CF-17).
 */
export const judgeIntraCounty = (facts: IntraCountyFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { stage, ground, bureauAgrees } = facts;
  if (facts.sourceCounty !== facts.targetCounty) return [];
  if (resolve('intraCountyTransfer', place, on, { stage }).value !== 'HOLD') return [];
  const householdMoved = ground === 'HOUSEHOLD_MOVE' && mustBeGranted(facts);
  if (householdMoved && bureauAgrees) return [];
  return findingIfInForce('TRF-13', {
    message: '区域内学校之间原则上不转学。',
    messageEn: 'Schools of the district do not exchange pupils, in principle.',
    path: ['target', 'school'],
    remedy: householdMoved
      ? '户籍已跨学区、乡镇迁移：请报区教育局同意后办理。'
      : '确需转学的，由区教育局写明理由决定。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage,
  });
};
