import { type IsoDate, isIsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { type DuplicateAnswer, judgeDuplicates } from '../identity/duplicate.ts';
import type { Stage } from '../layers.ts';
import { judgeEra } from '../organization/policy-version.ts';
import { judgeChannel, type RegistrationChannel } from './channel.ts';
import { type CollectionFormFacts, isMissing } from './collection-form.ts';
import { judgeEntry } from './entry.ts';
import { judgeIdentityDocument } from './identity-document.ts';
import { judgeRequiredItems } from './required-items.ts';
import { type DisabilityProof, judgePlacement } from './special-education.ts';

/**
 * Everything the law looks at when a school registers a pupil. There is on purpose no fact about an old record being
 * here, having arrived, or about the kind of a number: registration follows admission (ENR-05, ID-06).
 */
export type RegistrationFacts = {
  stage: Stage;
  /** Grade within the stage, from 1. */
  grade: number;
  /** The year in whose autumn the school year begins. */
  entryYear: number;
  season: 'AUTUMN' | 'SPRING';
  channel: RegistrationChannel;
  /** The ministry centre's answer, for NON_GRADE_ONE_BATCH. */
  nationalCheck?: 'PASSED' | 'FAILED' | 'PENDING';
  form: CollectionFormFacts;
  /** Six-digit province of the household, where known. */
  householdProvince?: string;
  /** The national search, already cut to what this school may know (`answerTo`). */
  duplicates: DuplicateAnswer;
  /** This registration takes over the preschool number that the search found. */
  continuesPreschool: boolean;
  /** The county committee's assessment is on file. */
  assessedByExpertCommittee?: boolean;
  disabilityProofs?: readonly DisabilityProof[];
};

/**
 * Judges a registration on a day at the place of the school: every finding at once, in the order of entry, way in,
 * form, document, placement, duplicates. An empty list, or one of WARN and RECORD alone, lets it go to approval.
 */
export const judgeRegistration = (facts: RegistrationFacts, on: IsoDate, place: LawPlace): Finding[] => {
  enforces('ENR-05', 'ID-06');
  const tooEarly = judgeEra(on, place);
  if (tooEarly.length > 0) return tooEarly;
  const { stage, grade, entryYear, season, channel } = facts;
  const birthDate = readDate(facts.form.birthDate);
  return [
    ...judgeEntry(
      {
        stage,
        grade,
        entryYear,
        season,
        ...(birthDate && { birthDate }),
        ...(facts.householdProvince && { householdProvince: facts.householdProvince }),
      },
      on,
      place,
    ),
    ...judgeChannel(
      { channel, stage, grade, ...(facts.nationalCheck && { nationalCheck: facts.nationalCheck }) },
      on,
      place,
    ),
    ...judgeCollected(facts, on, place),
    ...judgeDuplicates(facts.duplicates, { continuesPreschool: facts.continuesPreschool }, on, place),
  ];
};

/** What the form and the papers with it have to hold, whatever grade the child goes to. */
export const judgeCollected = (
  {
    form,
    assessedByExpertCommittee,
    disabilityProofs,
  }: Pick<RegistrationFacts, 'form' | 'assessedByExpertCommittee' | 'disabilityProofs'>,
  on: IsoDate,
  place: LawPlace,
): Finding[] => [
  ...judgeRequiredItems(form, on, place),
  ...judgeIdentityDocument(form, on, place),
  ...judgeResidencePermit(form, on, place),
  ...judgePlacement(
    {
      isDisabled: form.isDisabled === true,
      placementMode: readPlacement(form.placementMode),
      assessedByExpertCommittee: assessedByExpertCommittee === true,
      proofs: disabilityProofs ?? [],
    },
    on,
    place,
  ),
];

/** True when nothing stops the registration: no REJECT and no HOLD. */
export const mayProceed = (findings: readonly Finding[]): boolean =>
  findings.every(({ outcome }) => outcome === 'WARN' || outcome === 'RECORD');

/** A residence permit comes with its issuer and its date (ID-25). */
export const judgeResidencePermit = (form: CollectionFormFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (form.hasResidencePermit !== true) return [];
  const fields = [
    { field: 'residencePermitIssuer', label: '发证机关' },
    { field: 'residencePermitIssueDate', label: '发证日期' },
  ] as const;
  return fields
    .filter(({ field }) => isMissing(form[field]))
    .flatMap(({ field, label }) =>
      findingIfInForce('ID-25', {
        message: `持有居住证，但未填写${label}。`,
        messageEn: `A residence permit is held but ${field} is missing.`,
        path: ['form', field],
        remedy: '请对照居住证补充。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      }),
    );
};

const readDate = (text: string | null | undefined): IsoDate | undefined =>
  typeof text === 'string' && isIsoDate(text) ? text : undefined;

const readPlacement = (text: string | null | undefined) =>
  text === 'SPECIAL_SCHOOL' || text === 'INCLUSIVE' || text === 'HOME_TEACHING' ? text : null;
