import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { PlacementFacts } from './special-education.ts';

/** How a disabled child is taught. */
export type PlacementMode = NonNullable<PlacementFacts['placementMode']>;

/** What the county's expert committee recommends. */
export type PlacementAssessment = { mode: PlacementMode; assessedOn: IsoDate };

/** A disabled child's place and the assessment behind it. */
export type AssessedPlacementFacts = {
  isDisabled: boolean;
  placementMode: PlacementMode | null;
  assessment: PlacementAssessment | null;
};

/**
 * The place is the one that the committee has assessed: an assessment for another place, or one that is yet to come, is
 * none (ENR-20, Shanxi). It adds the content of the assessment to `judgePlacement`, which asks whether there is one.
 */
export const judgeAssessedPlacement = (
  facts: AssessedPlacementFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!facts.isDisabled || !facts.placementMode) return [];
  const { assessment } = facts;
  if (assessment && assessment.assessedOn <= on && assessment.mode === facts.placementMode) return [];
  return findingIfInForce('ENR-20', {
    message: assessment
      ? '安置方式与县级残疾人教育专家委员会的评估结果不一致。'
      : '残疾儿童须经县级残疾人教育专家委员会评估后确定安置方式。',
    messageEn: assessment
      ? 'The place is not the one that the county expert committee has assessed.'
      : 'A disabled child is placed after an assessment by the county expert committee.',
    path: ['form', 'placementMode'],
    remedy: '请按评估结果填写安置方式，或申请重新评估；学生可以先入学。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
};

/**
 * The school that opens a disabled child's record (ENR-20, ENR-21): the one that the child attends, and for home
 * teaching the one that teaches at home.
 */
export const schoolOfRecord = <School>(
  mode: PlacementMode,
  schools: { attended: School | null; teachingAtHome: School | null },
): School | null => {
  enforces('ENR-20');
  return mode === 'HOME_TEACHING' ? schools.teachingAtHome : schools.attended;
};
