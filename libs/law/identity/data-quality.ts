import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** What is kept of a person, as far as its items must agree with one another. */
export type QualityFacts = {
  birthDate: IsoDate;
  isDisabled: boolean;
  disabilityType: string | null;
  disabilityLevel: string | null;
  placementMode: string | null;
  hasResidencePermit: boolean;
  residencePermitIssuer: string | null;
  residencePermitIssueDate: string | null;
  currentAddress: string | null;
  contactPhone: string | null;
  guardians: readonly { isLegalGuardian: boolean; phone: string | null }[];
};

type Fault = { field: string; message: string; messageEn: string };

const contradicts = (field: string, what: string, whatEn: string): Fault => ({
  field,
  message: `${what}，与其他信息不一致。`,
  messageEn: `${whatEn}; the items disagree.`,
});

const missing = (field: string, what: string, whatEn: string): Fault => ({
  field,
  message: `${what}，信息不完整。`,
  messageEn: `${whatEn}; the data are not complete.`,
});

const faultsOf = (facts: QualityFacts, on: IsoDate): Fault[] => {
  const { residencePermitIssueDate: issued } = facts;
  const disability = facts.disabilityType ?? facts.disabilityLevel ?? facts.placementMode;
  const permit = facts.residencePermitIssuer ?? issued;
  return [
    ...(!facts.isDisabled && disability !== null
      ? [
          contradicts(
            'isDisabled',
            '标为非残疾，但填有残疾类型、等级或就读方式',
            'A disability is described of a child who has none',
          ),
        ]
      : []),
    ...(facts.isDisabled && facts.disabilityType === null
      ? [missing('disabilityType', '标为残疾，但没有残疾类型', 'A disabled child has no type of disability')]
      : []),
    ...(!facts.hasResidencePermit && permit !== null
      ? [
          contradicts(
            'hasResidencePermit',
            '标为没有居住证，但填有签发机关或日期',
            'A permit is described that nobody holds',
          ),
        ]
      : []),
    ...(issued !== null && (issued > on || issued < facts.birthDate)
      ? [
          contradicts(
            'residencePermitIssueDate',
            '居住证签发日期早于出生或晚于今天',
            'The permit was issued before birth or after today',
          ),
        ]
      : []),
    ...(facts.guardians.some(({ isLegalGuardian }) => isLegalGuardian)
      ? []
      : [missing('guardians', '没有登记监护人', 'Nobody is named as guardian')]),
    ...(facts.currentAddress === null
      ? [missing('currentAddress', '没有现居住地址', 'There is no present address')]
      : []),
    ...(facts.contactPhone === null && facts.guardians.every(({ phone }) => phone === null)
      ? [missing('contactPhone', '没有任何联系电话', 'There is no telephone at all')]
      : []),
  ];
};

/** Registration data are truthful, accurate, continuous and complete; what disagrees or lacks is on record (ID-30). */
export const judgeDataQuality = (facts: QualityFacts, on: IsoDate, place: LawPlace): Finding[] =>
  faultsOf(facts, on).flatMap(({ field, message, messageEn }) =>
    findingIfInForce('ID-30', {
      outcome: 'RECORD',
      message,
      messageEn,
      path: [field],
      remedy: '请学校核对后更新该项信息。',
      ownerLevel: 'SCHOOL',
      on,
      place,
    }),
  );
