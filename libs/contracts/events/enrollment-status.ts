import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Instant, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { EnrollmentStatus, Stage } from '../vocabulary.ts';

/** Where in the grades somebody is; `frozenAt` while the grade stands still. */
export const GradePosition = z.object({
  stage: Stage,
  entryYearAdj: z.int(),
  lastGrade: z.int(),
  frozenAt: Instant.nullable(),
});
export type GradePosition = z.infer<typeof GradePosition>;

/** What every change of a registration's state tells: the whole state after it, and the case that led to it. */
const StatusChange = z.object({
  person: Uuid,
  enrollment: Uuid,
  school: SchoolCode,
  place: Place,
  province: UnitCode,
  status: EnrollmentStatus,
  position: GradePosition,
  case: Uuid.nullable(),
});
export type StatusChange = z.infer<typeof StatusChange>;

const changed = <Type extends string>(type: Type, summary: string) =>
  defineEvent({ type, source: 'enrollment', version: 1, summary, data: StatusChange });

export const StudentSuspended = changed(
  'StudentSuspended',
  'A suspension was approved; the school keeps the registration (ENR-39, ENR-43).',
);
export const StudentResumed = changed(
  'StudentResumed',
  'A suspended pupil is back in school (ENR-47, ENR-48).',
);
export const StudentWithdrawn = changed(
  'StudentWithdrawn',
  'A senior pupil withdrew; the school marked it (ENR-55).',
);
export const StudentExpelled = changed('StudentExpelled', 'A senior pupil was expelled (ENR-53).');
export const StudentLeftOther = changed(
  'StudentLeftOther',
  'A pupil gone for over three months without a word was set to other leave (ENR-58).',
);
export const EnrollmentReactivated = changed(
  'EnrollmentReactivated',
  'A pupil who had left is back (ENR-58, TRF-21).',
);
export const StudentWentAbroad = changed('StudentWentAbroad', 'A pupil left the country to study (ENR-65).');
export const StudentReturned = changed('StudentReturned', 'A pupil came back from abroad (ENR-66).');
export const EnrollmentCancelled = changed(
  'EnrollmentCancelled',
  'A registration was cancelled on proof of death (ENR-63).',
);
export const DuplicateEnrollmentEnded = changed(
  'DuplicateEnrollmentEnded',
  'A registration that turned out to be a second one of a child was ended by decision; the other stands (ID-18).',
);
export const GradeChanged = changed(
  'GradeChanged',
  'A grade was skipped, repeated or lowered by decision (ENR-24, ENR-51).',
);
export const ProgressAssessed = changed(
  'ProgressAssessed',
  'An assessment of a disabled pupil was put on record; the grade stands still or goes on by it (ENR-24, ENR-28).',
);
export const StudentGraduated = changed('StudentGraduated', 'The graduation operation was done (ENR-30).');
export const StudentCompleted = changed(
  'StudentCompleted',
  'A senior pupil completed without graduating (CRT-04).',
);
export const GraduationRolledBack = changed(
  'GraduationRolledBack',
  'A mistaken graduation was taken back (ENR-35).',
);
export const StudentAdmitted = changed(
  'StudentAdmitted',
  'A graduate was admitted by a school of the next stage (ENR-27).',
);
export const AdmissionRolledBack = changed(
  'AdmissionRolledBack',
  'A mistaken admission was taken back (ENR-34).',
);
export const AdmissionCancelled = changed(
  'AdmissionCancelled',
  'A senior admission was cancelled (ENR-14, ENR-15).',
);
export const enrollmentStatusEvents = [
  StudentSuspended,
  StudentResumed,
  StudentWithdrawn,
  StudentExpelled,
  StudentLeftOther,
  EnrollmentReactivated,
  StudentWentAbroad,
  StudentReturned,
  EnrollmentCancelled,
  DuplicateEnrollmentEnded,
  GradeChanged,
  ProgressAssessed,
  StudentGraduated,
  StudentCompleted,
  GraduationRolledBack,
  StudentAdmitted,
  AdmissionRolledBack,
  AdmissionCancelled,
] as const;
export type StatusEvent = (typeof enrollmentStatusEvents)[number];
