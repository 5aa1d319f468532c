import { z } from 'zod';
import { Day, SchoolCode, Uuid } from '#libs/contracts/ids.ts';
import { Gender } from '#libs/contracts/vocabulary.ts';

const Name = z.string().trim().min(1).max(60);
const Words = z.string().trim().min(1).max(60);

/** What a school can show of a graduation of which the register knows nothing. */
export const ProofKind = z.enum(['STUB', 'GRADUATE_REGISTER', 'CERTIFICATE_COPY', 'ARCHIVE_PAGE', 'OTHER']);
export type ProofKind = z.infer<typeof ProofKind>;

/** Somebody who graduated before the register existed, as the school's own records say it. */
export const FormerGraduate = z
  .object({
    school: SchoolCode,
    stage: z.enum(['PRIMARY', 'JUNIOR', 'SENIOR']),
    name: Name,
    gender: Gender,
    birthDate: Day,
    idDocumentNumber: Words.nullish().transform((value) => value ?? null),
    nativeProvince: Words,
    nativeCounty: Words,
    studiedFrom: Day,
    graduatedOn: Day,
    schoolingYears: z.int().min(1).max(12),
  })
  .refine(({ birthDate, studiedFrom, graduatedOn }) => birthDate < studiedFrom && studiedFrom < graduatedOn, {
    message: '出生、入学、毕业日期先后不符。 Birth, entry and graduation are out of order.',
    path: ['graduatedOn'],
  });
export type FormerGraduate = z.infer<typeof FormerGraduate>;

/** What is asked for: a certificate of schooling for a pupil of the register, or for a former graduate. */
export const StatementInput = z
  .object({
    idempotencyKey: z.string().min(1).max(100),
    student: z.string().max(100).nullish(),
    formerGraduate: FormerGraduate.nullish(),
    originalNumber: z.string().trim().max(40).nullish(),
    evidence: z
      .array(z.object({ upload: Uuid, kind: ProofKind }))
      .max(10)
      .nullish()
      .transform((value) => value ?? []),
    handler: Name,
    responsible: Name,
  })
  .refine(({ student, formerGraduate }) => (student ? 1 : 0) + (formerGraduate ? 1 : 0) === 1, {
    message: '请填写学生，或系统建立前的毕业生，二者取一。 Name a student or a former graduate.',
    path: ['student'],
  });
export type StatementInput = z.infer<typeof StatementInput>;
