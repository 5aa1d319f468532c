import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** Proofs that show special-education status (ID-26). */
export type DisabilityProof = 'DISABILITY_CERTIFICATE' | 'HOSPITAL_COUNTY_OR_ABOVE' | 'APPRAISAL_BODY';

/** What is known of a disabled child's place. `proofs`: those on file. */
export type PlacementFacts = {
  isDisabled: boolean;
  placementMode?: 'SPECIAL_SCHOOL' | 'INCLUSIVE' | 'HOME_TEACHING' | null;
  assessedByExpertCommittee: boolean;
  proofs: readonly DisabilityProof[];
};

/**
 * A disabled child is placed after the county committee's assessment (ENR-20, Shanxi); for an inclusive class or home
 * teaching the status is proved (ID-26). The child attends meanwhile: what is missing is brought, not suffered for.
 */
export const judgePlacement = (facts: PlacementFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (!facts.isDisabled) return [];
  const needsProof = facts.placementMode === 'INCLUSIVE' || facts.placementMode === 'HOME_TEACHING';
  return [
    ...(facts.assessedByExpertCommittee ? [] : assessmentMissing(on, place)),
    ...(needsProof && facts.proofs.length === 0 ? proofMissing(on, place) : []),
  ];
};

const assessmentMissing = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-20', {
    message: '残疾儿童须经县级残疾人教育专家委员会评估后确定安置方式。',
    messageEn: 'A disabled child is placed after an assessment by the county expert committee.',
    path: ['form', 'placementMode'],
    remedy: '请向县级教育行政部门申请评估，评估期间学生可以先入学。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });

const proofMissing = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ID-26', {
    message: '随班就读、送教上门的学生须有残疾人证，或县级以上医院、鉴定单位出具的材料。',
    messageEn: 'Inclusive placement and home teaching need a disability certificate or an equal proof.',
    path: ['form', 'disabilityType'],
    remedy: '请家长提供其中一种材料。',
    ownerLevel: 'GUARDIAN',
    on,
    place,
  });
