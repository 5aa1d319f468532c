import { z } from 'zod';
import type { KnownPupil } from '#libs/contracts/commands/find-for-transfer.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import { IdDocumentType } from '#libs/contracts/vocabulary.ts';
import { CaseRequest, HandedPapers, Reason } from './request.ts';

/** A pupil as a school knows it: name and number together. */
export const PupilByNumber = z
  .object({
    name: z.string().trim().min(1).max(120),
    studentNumber: z.string().trim().min(1).max(40).nullish(),
    idDocumentType: IdDocumentType.nullish(),
    idDocumentNumber: z.string().trim().min(1).max(40).nullish(),
  })
  .transform((asked, context): KnownPupil => {
    const { name, studentNumber, idDocumentType: type, idDocumentNumber: number } = asked;
    const isByNumber = studentNumber !== null && studentNumber !== undefined;
    if (isByNumber && !type && !number) return { name, by: { studentNumber } };
    if (!isByNumber && type && number)
      return { name, by: { idDocumentType: type, idDocumentNumber: number } };
    context.addIssue({
      code: 'custom',
      message: '请填写学籍号，或证件类型和号码，二者择一。 A student number, or a document.',
    });
    return z.NEVER;
  });

/** What a school says of a case itself: how it came about is not for the school to say. */
const SaidBySchool = CaseRequest.omit({ application: true, typedOn: true, found: true });

/** What the guardian's application says, nobody says once more. */
const saidByFamily = z
  .undefined({ message: '以家长的申请为准，不另填写。 The application says it.' })
  .optional();

/** What the receiving school adds to a guardian's application: what it has checked, and the class. */
const AddedBySchool = SaidBySchool.extend({
  ...{ kind: saidByFamily, stage: saidByFamily, grade: saidByFamily },
  ...{ appliedOn: saidByFamily, wantedBy: saidByFamily },
  reason: Reason.extend({
    ...{ ground: saidByFamily, household: saidByFamily },
    ...{ residenceMoved: saidByFamily, targetAtHousehold: saidByFamily },
  }),
});
export type AddedBySchool = z.infer<typeof AddedBySchool>;

/**
 * A case that a receiving school wants to start: for a pupil whom it knows by number and name, for one whom a national check
 * has found (TRF-53), or on a guardian's application (TRF-05).
 */
export type Wanted = { evidence: z.infer<typeof HandedPapers> } & (
  | { by: 'SCHOOL'; pupil: KnownPupil; request: CaseRequest }
  | { by: 'CHECK'; found: string; request: CaseRequest }
  | { by: 'GUARDIAN'; application: string; added: AddedBySchool }
);

const asked = z.looseObject({
  student: PupilByNumber.nullish(),
  application: Uuid.nullish(),
  found: Uuid.nullish(),
  evidence: HandedPapers.nullish(),
});

const withoutNulls = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, entry]) => entry !== null)
          .map(([key, entry]) => [key, withoutNulls(entry)]),
      )
    : value;

const namedOnce = ({ student, application, found }: z.infer<typeof asked>): boolean =>
  [student, application, found].filter((way) => way !== undefined && way !== null).length === 1;

const said = <Shape extends z.ZodType>(
  shape: Shape,
  rest: Record<string, unknown>,
  context: z.RefinementCtx,
): z.infer<Shape> | undefined => {
  const parsed = shape.safeParse(withoutNulls(rest));
  for (const issue of parsed.error?.issues ?? []) {
    context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
  }
  return parsed.data;
};

/** The pupil named in one way, and everything said that goes with it; every problem at once where it is not so. */
const wantedOf = (given: z.infer<typeof asked>, context: z.RefinementCtx): Wanted => {
  const { student, application, found, evidence: handed, ...rest } = given;
  const evidence = handed ?? [];
  if (!namedOnce(given)) {
    context.addIssue({
      code: 'custom',
      path: ['student'],
      message:
        '请用一种方式指明学生：号码和姓名、家长的申请，或查重结果。 Name the pupil in one way: number, application or check.',
    });
  }
  if (application) {
    const added = said(AddedBySchool, rest, context);
    return added === undefined ? z.NEVER : { by: 'GUARDIAN', application, added, evidence };
  }
  const request = said(SaidBySchool, rest, context);
  if (request === undefined) return z.NEVER;
  if (student) return { by: 'SCHOOL', pupil: student, request, evidence };
  return found ? { by: 'CHECK', found, request: { ...request, found }, evidence } : z.NEVER;
};

export const Wanted = asked.transform(wantedOf);

export const Initiating = asked
  .extend({ idempotencyKey: z.string().min(1).max(100) })
  .transform(({ idempotencyKey, ...given }, context) => ({
    idempotencyKey,
    wanted: wantedOf(given, context),
  }));
