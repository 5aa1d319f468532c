import { DISABILITY_PROOFS } from '../import/form-f1/codes/person.ts';
import { GRADES } from '../import/form-f1/codes/school-life.ts';
import type { FormDraft } from '../import/form-f1/form-draft.ts';
import { guardiansIn, withRegion } from '../import/form-f1/parse-row.ts';
import { addressText, type FormFacts } from './collected-form.ts';

/** What of a row can be read, for the law: an item that is empty or unreadable is null. */
export const readableFacts = (draft: FormDraft): FormFacts => {
  const text = (key: string) => draft.text(key) ?? null;
  const flag = (key: string) => draft.flag(key) ?? null;
  const grade = GRADES.find(draft.text('gradeName') ?? '');
  const proof = draft.text('disabilityProof');
  return {
    name: text('name'),
    gender: text('gender'),
    nationalityOrRegion: text('nationalityOrRegion'),
    overseasCategory: text('overseasCategory'),
    ethnicGroup: text('ethnicGroup'),
    idDocumentType: text('idDocumentType'),
    idDocumentNumber: text('idDocumentNumber'),
    birthDate: text('birthDate'),
    currentAddress: addressText(withRegion(draft, 'currentAddress', 'currentRegionCode')),
    householdAddress: addressText(withRegion(draft, 'householdAddress', 'householdRegionCode')),
    gradeName: grade === undefined ? null : GRADES.nameOf(grade),
    className: text('className'),
    isBoarder: flag('isBoarder'),
    isDisabled: flag('isDisabled'),
    isLeftBehind: flag('isLeftBehind'),
    disabilityType: text('disabilityType'),
    placementMode: text('placementMode'),
    hasResidencePermit: flag('hasResidencePermit'),
    residencePermitIssuer: text('residencePermitIssuer'),
    residencePermitIssueDate: text('residencePermitIssueDate'),
    assessedByExpertCommittee: flag('assessedByExpertCommittee'),
    disabilityProofs: DISABILITY_PROOFS.values.filter((value) => value === proof),
    guardians: Array.from({ length: guardiansIn(draft) }, (_, at) => ({
      name: text(`guardians.${at}.name`),
      relation: text(`guardians.${at}.relation`),
      isLegalGuardian: flag(`guardians.${at}.isLegalGuardian`),
      idDocumentType: text(`guardians.${at}.idDocumentType`),
      idDocumentNumber: text(`guardians.${at}.idDocumentNumber`),
      householdAddress: addressText(withRegion(draft, `guardians.${at}.householdAddress`, '')),
      phone: text(`guardians.${at}.phone`),
    })),
  };
};
