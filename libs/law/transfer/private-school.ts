import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/** What the authorities weigh before a private school takes a pupil in (TRF-25); the last two at senior stage. */
export type PrivateSchoolPoint = 'PRIVATE_SHARE' | 'FREE_PLACES' | 'ADMISSION_PLAN' | 'ENTRANCE_EXAM';

/** What has to be weighed at a stage. */
export const privateSchoolPoints = (stage: Stage): readonly PrivateSchoolPoint[] =>
  stage === 'SENIOR'
    ? ['PRIVATE_SHARE', 'FREE_PLACES', 'ADMISSION_PLAN', 'ENTRANCE_EXAM']
    : ['PRIVATE_SHARE', 'FREE_PLACES'];

/** The review of a transfer into a school. */
export type PrivateSchoolFacts = {
  ownership: 'PUBLIC' | 'PRIVATE';
  stage: Stage;
  /** Both have approved; the one approval of an authority that is both counts for both. */
  competentAuthorityApproved: boolean;
  registryAuthorityApproved: boolean;
  /** What they have weighed. */
  weighed: readonly PrivateSchoolPoint[];
};

const POINT_NAMES: Readonly<Record<PrivateSchoolPoint, string>> = {
  PRIVATE_SHARE: '民办在校生占比',
  FREE_PLACES: '空余学位',
  ADMISSION_PLAN: '招生计划',
  ENTRANCE_EXAM: '中考成绩',
};

/**
 * Into a private school the competent authority and the superior registry authority decide together, by the share of
 * pupils in private schools, the free places and the like (TRF-25, ORG-29, Shanxi). Asked before the last approval takes
 * effect; `place`: of the receiving school.
 */
export const judgePrivateSchoolReview = (
  facts: PrivateSchoolFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (facts.ownership === 'PUBLIC' || facts.stage === 'PRESCHOOL') return [];
  const open = privateSchoolPoints(facts.stage).filter((point) => !facts.weighed.includes(point));
  const decided = facts.competentAuthorityApproved && facts.registryAuthorityApproved;
  if (decided && open.length === 0) return [];
  return findingIfInForce('TRF-25', {
    message: decided
      ? `转入民办学校，尚未统筹考虑：${open.map((point) => POINT_NAMES[point]).join('、')}。`
      : '转入民办学校，须由主管教育行政部门和上级学籍管理部门统筹确定。',
    messageEn: decided
      ? `Not yet weighed: ${open.join(', ')}.`
      : 'The competent authority and the registry authority decide together about a private school.',
    path: ['privateSchoolReview'],
    remedy: '请主管教育行政部门和上级学籍管理部门结合在校生占比、学位空余等情况核定。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage: facts.stage,
  });
};
