import type { RegistrationOnFileQuery } from './generated/on-file.ts';
import { type Draft, type GuardianDraft, gradeNames } from './registration-draft.ts';

type Student = NonNullable<RegistrationOnFileQuery['student']>;
type Enrollment = NonNullable<Student['enrollment']>;

/** Years of school before the first of a stage, as most places count them; elsewhere the registrar chooses anew. */
const yearsBefore: Readonly<Record<string, number>> = { PRIMARY: 0, JUNIOR: 6, SENIOR: 9 };

const china = 'CHN';

const gradeNameOf = ({ stage, grade }: Enrollment): Draft['gradeName'] =>
  gradeNames[(yearsBefore[stage] ?? 0) + grade - 1];

const guardianOf = (guardian: NonNullable<Student['guardians']>[number]): GuardianDraft => {
  const { name, relation, isLegalGuardian, ethnicity, documentType, documentNumber } = guardian;
  const { workUnit, householdAddress, phone } = guardian;
  return {
    ...(name && { name }),
    ...{ relation, isLegalGuardian, idDocumentType: documentType },
    ...{ ethnicGroup: ethnicity, idDocumentNumber: documentNumber, workUnit, householdAddress, phone },
  };
};

/** A registration as it is on file, filled into the form that it was handed in with. */
export const draftOf = (student: Student, enrollment: Enrollment): Draft => {
  const { name, formerName, gender, birthDate, nationality, overseasCategory, ethnicity } = student;
  const { disabilityType, placementMode, ...profile } = student.profile ?? {};
  const gradeName = gradeNameOf(enrollment);
  return {
    ...profile,
    ...(name && { name }),
    ...(gender && { gender }),
    ...(birthDate && { birthDate }),
    ...(overseasCategory && { overseasCategory }),
    ...(gradeName && { gradeName }),
    ...{
      formerName,
      ethnicGroup: ethnicity,
      className: enrollment.schoolClass?.name ?? enrollment.classWanted,
    },
    nationalityOrRegion: nationality === china ? '中国' : (nationality ?? ''),
    idDocumentType: student.identityDocument?.type ?? 'NONE',
    idDocumentNumber: student.identityDocument?.number ?? null,
    disabilityType: (disabilityType ?? null) as NonNullable<Draft['disabilityType']> | null,
    placementMode: (placementMode ?? null) as NonNullable<Draft['placementMode']> | null,
    guardians: (student.guardians ?? [])
      .toSorted((one, other) => one.position - other.position)
      .map(guardianOf),
  };
};
