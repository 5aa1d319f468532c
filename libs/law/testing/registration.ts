import type { CollectionFormFacts } from '../enrollment/collection-form.ts';
import type { RegistrationFacts } from '../enrollment/registration.ts';
import { checkCharacter } from '../identity/citizen-id.ts';

/** A well-formed resident ID number of a made-up girl with that birth date. */
export const idNumberBornOn = (birthDate: string): string => {
  const body = `140105${birthDate.replaceAll('-', '')}002`;
  return `${body}${checkCharacter(body)}`;
};

/** A complete collection form of a made-up child. */
export const completeForm = (changes: Partial<CollectionFormFacts> = {}): CollectionFormFacts => ({
  name: '样例',
  gender: 'FEMALE',
  nationalityOrRegion: '156',
  overseasCategory: 'NONE',
  ethnicGroup: '01',
  idDocumentType: 'RESIDENT_ID',
  idDocumentNumber: idNumberBornOn('2020-05-06'),
  birthDate: '2020-05-06',
  currentAddress: '样例路1号',
  householdAddress: '样例路1号',
  gradeName: '一年级',
  className: '1班',
  isBoarder: false,
  isDisabled: false,
  isLeftBehind: false,
  guardians: [
    {
      name: '样例母',
      relation: 'MOTHER',
      isLegalGuardian: true,
      idDocumentType: 'RESIDENT_ID',
      idDocumentNumber: idNumberBornOn('1990-01-01'),
      householdAddress: '样例路1号',
      phone: '13800000000',
    },
  ],
  ...changes,
});

/** A lawful registration in primary grade one, autumn 2026. */
export const lawfulRegistration = (changes: Partial<RegistrationFacts> = {}): RegistrationFacts => ({
  stage: 'PRIMARY',
  grade: 1,
  entryYear: 2026,
  season: 'AUTUMN',
  channel: 'PRIMARY_GRADE_ONE',
  form: completeForm(),
  duplicates: { searched: true, hits: [] },
  continuesPreschool: false,
  ...changes,
});
