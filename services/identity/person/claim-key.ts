import type { PersonForm } from '#libs/contracts/person-form.ts';
import { enforces } from '#libs/law/enforces.ts';
import { readCitizenId } from '#libs/law/identity/citizen-id.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';

/** A name as everybody writes it: without spaces, one kind of middle dot, one width, one case. */
const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/\s/gu, '')
    .replaceAll(/[・•‧∙⋅.]/gu, '·')
    .toUpperCase();

const documentOf = (type: string, number: string): string =>
  readCitizenId(number).ok ? `RESIDENT_ID|${number}` : `${type}|${number}`;

/** Of several guardians the one whose document sorts first: schools list the parents in any order. */
const withoutDocument = (form: PersonForm): string => {
  const legal = form.guardians.filter((guardian) => guardian.isLegalGuardian);
  const documents = (legal.length > 0 ? legal : form.guardians)
    .flatMap(({ idDocumentType, idDocumentNumber }) =>
      idDocumentNumber === null ? [] : [documentOf(idDocumentType, idDocumentNumber)],
    )
    .sort();
  return [plainName(form.name), form.birthDate, form.gender, documents[0]].join('|');
};

/**
 * The key under which a person is claimed nationwide (ID-17, ID-18): the document's type and number; for a child
 * without a document, what names it together with its guardian's document. A number that keeps GB 11643 belongs to
 * one person under whatever type it was entered. Only the keyed hash is stored.
 */
export const claimKeyOf = (form: PersonForm, sealing: Sealing): Buffer => {
  enforces('ID-17', 'ID-18');
  return form.idDocumentNumber === null || form.idDocumentType === 'NONE'
    ? sealing.hash('person-without-document', withoutDocument(form))
    : sealing.hash('document', documentOf(form.idDocumentType, form.idDocumentNumber));
};

/** Key under which a student number finds its person, current or former (ID-01). */
export const numberKeyOf = (number: string, sealing: Sealing): Buffer =>
  sealing.hash('student-number', number);

export const documentContext = (person: string): string => `document:${person}`;
export const numberContext = (person: string): string => `number:${person}`;
export const guardianContext = (person: string, position: number): string => `guardian:${person}:${position}`;
