import type { PersonForm } from '#libs/contracts/person-form.ts';
import { enforces } from '#libs/law/enforces.ts';
import {
  type ChildShown,
  type NamedTrait,
  type ShownDocument,
  type Trait,
  traitsOf,
} from '#libs/law/identity/same-child.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';

/** A number is a document, whatever is said of its type; a type without a number is none, nor are words. */
export const documentOf = (type: string, number: string | null): ShownDocument | null =>
  number === null || !/\p{N}/u.test(number) ? null : { type, number };

/** What a form shows of a child. */
export const childOf = (form: PersonForm): ChildShown => ({
  name: form.name,
  birthDate: form.birthDate,
  gender: form.gender,
  nationality: form.nationality,
  document: documentOf(form.idDocumentType, form.idDocumentNumber),
  guardians: form.guardians.map(({ isLegalGuardian, idDocumentType, idDocumentNumber }) => ({
    isLegalGuardian,
    document: documentOf(idDocumentType, idDocumentNumber),
  })),
});

/** Under what a child is known nationwide: keyed hashes alone are stored. */
export type PersonKeys = {
  /** Each is one person's, by the key of the claim table. */
  claims: Buffer[];
  /** Under these the child stands together with those who are perhaps the same. */
  likenesses: Buffer[];
  traits: readonly NamedTrait[];
};

/**
 * The keys of a child (ID-17, ID-18): each document it shows, and without one its name with each guardian's document;
 * beside them its name, and a number that others may have as well.
 */
export const keysOf = (child: ChildShown, sealing: Sealing): PersonKeys => {
  enforces('ID-17', 'ID-18');
  const traits = traitsOf(child);
  const domain = child.document === null ? 'person-without-document' : 'document';
  const hashes = (kinds: readonly Trait['kind'][], from: string) =>
    traits.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => sealing.hash(from, value));
  return {
    claims: hashes(['CLAIM'], domain),
    likenesses: hashes(['OPEN', 'PROVEN'], 'likeness'),
    traits,
  };
};

/** What is claimed for a child of whom nothing is known that only one child has: its intake is known again. */
export const intakeKeyOf = (intake: string, sealing: Sealing): Buffer =>
  sealing.hash('claim-of-intake', intake);

/** Key under which a student number finds its person, current or former (ID-01). */
export const numberKeyOf = (number: string, sealing: Sealing): Buffer =>
  sealing.hash('student-number', number);

export const documentContext = (person: string): string => `document:${person}`;
export const numberContext = (person: string): string => `number:${person}`;
export const guardianContext = (person: string, position: number): string => `guardian:${person}:${position}`;
