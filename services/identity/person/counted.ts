import type { CountedIdentity } from '#libs/contracts/events/identity.ts';
import type { PersonForm } from '#libs/contracts/person-form.ts';

/** What a form makes of a person where pupils are counted. */
export const countedOf = ({
  gender,
  idDocumentType,
}: Pick<PersonForm, 'gender' | 'idDocumentType'>): CountedIdentity => ({
  gender,
  documentType: idDocumentType,
});
