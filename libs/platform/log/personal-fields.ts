import { GuardianFacts, PersonForm, ProfileFacts } from '#libs/contracts/person-form.ts';

/** Fields of the forms that stand in no schema of persons, and names under which such values travel. */
const furtherFields = [
  'address',
  'age',
  'answer',
  'applicant',
  'applicantName',
  'applicantPhone',
  'applicantRelation',
  'applicantSignature',
  'assigningUnit',
  'attachments',
  'authorization',
  'businessContact',
  'child',
  'className',
  'classTeacherSignature',
  'compulsoryYear',
  'cookie',
  'description',
  'documentNumber',
  'form',
  'fullName',
  'gradeName',
  'graduatedOn',
  'ground',
  'guardian',
  'guardianName',
  'guardianPhone',
  'guardianSignature',
  'handledBy',
  'handler',
  'handlerPhone',
  'handlingOpinion',
  'handlingResult',
  'hashKey',
  'hoursShare',
  'idCard',
  'idNumber',
  'input',
  'keyRing',
  'disabilityLevel',
  'matter',
  'ministryOpinion',
  'mobile',
  'nationalityOrRegion',
  'nativeCounty',
  'nativeProvince',
  'newValue',
  'number',
  'oldValue',
  'originalCertificateNumber',
  'parameters',
  'password',
  'person',
  'persons',
  'principalSeal',
  'proofs',
  'pupil',
  'pupils',
  'purpose',
  'reasonText',
  'reporter',
  'representations',
  'responsibleBy',
  'responsiblePerson',
  'responsiblePhone',
  'schoolOpinion',
  'authorityOpinion',
  'sealed',
  'sealedDocument',
  'serialNumber',
  'student',
  'studentName',
  'studentNumber',
  'studentRef',
  'studentRefs',
  'students',
  'technicalContact',
  'telephone',
  'token',
  'variables',
  'verifiedFacts',
] as const;

/** A field's name as all its spellings have it: `idDocumentNumber`, `id_document_number`, `ID-Document-Number`. */
const plain = (field: string): string => field.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();

const fields: ReadonlySet<string> = new Set(
  [
    ...Object.keys(PersonForm.shape),
    ...Object.keys(ProfileFacts.shape),
    ...Object.keys(GuardianFacts.shape),
    ...furtherFields,
  ].map(plain),
);

/** So many names are remembered; lines of the log have the same few over and over. */
const mostNames = 1_000;
const known = new Map<string, boolean>();

/** Whether the values of a field may be about a child, a guardian or a clerk, or are a secret. */
export const isPersonalField = (field: string): boolean => {
  const told = known.get(field);
  if (told !== undefined) return told;
  const isPersonal = fields.has(plain(field));
  if (known.size < mostNames) known.set(field, isPersonal);
  return isPersonal;
};
