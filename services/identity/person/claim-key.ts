import type { PersonForm } from '#libs/contracts/person-form.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';

const withoutDocument = (form: PersonForm): string => {
  const guardian = form.guardians.find((candidate) => candidate.isLegalGuardian) ?? form.guardians[0];
  return [form.name, form.birthDate, form.gender, guardian?.idDocumentType, guardian?.idDocumentNumber].join(
    '|',
  );
};

/**
 * The key under which a person is claimed nationwide (ID-17, ID-18): the document's type and number; for a child
 * without a document, what names it together with its guardian's document. Only the keyed hash is stored.
 */
export const claimKeyOf = (form: PersonForm, sealing: Sealing): Buffer => {
  enforces('ID-17', 'ID-18');
  return form.idDocumentNumber === null || form.idDocumentType === 'NONE'
    ? sealing.hash('person-without-document', withoutDocument(form))
    : sealing.hash('document', `${form.idDocumentType}|${form.idDocumentNumber}`);
};

/** Key under which a student number finds its person, current or former (ID-01). */
export const numberKeyOf = (number: string, sealing: Sealing): Buffer =>
  sealing.hash('student-number', number);

export const documentContext = (person: string): string => `document:${person}`;
export const numberContext = (person: string): string => `number:${person}`;
export const guardianContext = (person: string, position: number): string => `guardian:${person}:${position}`;
