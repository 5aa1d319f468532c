import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** The three groups of basic information (ID-21). */
export type BasicGroup = 'RESIDENT_IDENTITY' | 'SCHOOL_IDENTITY' | 'OTHER_NECESSARY';

/** The basic fields, fixed for the whole country (ID-20), by group (ID-21). */
const BASIC_BY_GROUP: Readonly<Record<BasicGroup, readonly string[]>> = {
  RESIDENT_IDENTITY: [
    'name',
    'formerName',
    'gender',
    'birthDate',
    'nationalityOrRegion',
    'overseasCategory',
    'ethnicGroup',
    'idDocumentType',
    'idDocumentNumber',
    'householdAddress',
  ],
  SCHOOL_IDENTITY: ['gradeName', 'className', 'isBoarder', 'placementMode'],
  OTHER_NECESSARY: [
    'currentAddress',
    'politicalStatus',
    'isDisabled',
    'disabilityType',
    'disabilityLevel',
    'isLeftBehind',
    'isMigrantChild',
    'contactPhone',
    'commuteDistance',
    'commuteMode',
    'hasResidencePermit',
    'residencePermitIssuer',
    'residencePermitIssueDate',
    'guardians',
  ],
};

const groupOf = new Map<string, BasicGroup>();
for (const [group, fields] of Object.entries(BASIC_BY_GROUP)) {
  for (const field of fields) if (isGroup(group)) groupOf.set(field, group);
}

/** The group of a basic field, or undefined when the field is not basic. */
export const basicGroup = (field: string): BasicGroup | undefined => {
  enforces('ID-21');
  return groupOf.get(field);
};

/** A field that a province has fixed and filed with the ministry. */
export type NonBasicField = { name: string; province: string };

/** Refuses fields that neither the ministry's basic set nor the province's own set knows (ID-20). */
export const judgeFields = (
  names: readonly string[],
  provincial: readonly NonBasicField[],
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const own = new Set(
    provincial.filter(({ province }) => province === place.province).map(({ name }) => name),
  );
  return names
    .filter((name) => !groupOf.has(name) && !own.has(name))
    .flatMap((name) =>
      findingIfInForce('ID-20', {
        message: `“${name}”不在国家基础信息和本省非基础信息的项目中。`,
        messageEn: `${name} is neither a basic field nor a filed field of this province.`,
        path: [name],
        remedy: '请由省级教育行政部门统一确定并报教育部备案后再采集。',
        ownerLevel: 'PROVINCE',
        on,
        place,
      }),
    );
};

function isGroup(text: string): text is BasicGroup {
  return text === 'RESIDENT_IDENTITY' || text === 'SCHOOL_IDENTITY' || text === 'OTHER_NECESSARY';
}
