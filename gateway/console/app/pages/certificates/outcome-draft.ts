import type { UploadOutcomesMutationVariables } from './generated/upload-outcomes.ts';

type Input = UploadOutcomesMutationVariables['input'];
type Outcome = Input['outcomes'][number];
type Conditions = NonNullable<Outcome['conditions']>;

/** How the studies of all who are chosen ended; subjects of the qualifying test as they are typed. */
export type OutcomeDraft = Partial<Pick<Outcome, 'outcome' | 'reason' | 'studiedFrom' | 'studiedTo'>> &
  Partial<
    Pick<Conditions, 'schoolYears' | 'curriculumCompleted' | 'fitnessPassed' | 'qualityMaterialsMeet'>
  > & {
    earned?: number | null;
    required?: number | null;
    passed?: string;
    failed?: string;
  };

const subjectsOf = (typed = ''): string[] => typed.split(/[\s,，、;；]+/).filter(Boolean);

const conditionsOf = (draft: OutcomeDraft): Conditions | undefined => {
  const { schoolYears, curriculumCompleted, fitnessPassed, qualityMaterialsMeet } = draft;
  const { earned, required, passed, failed } = draft;
  if (schoolYears === undefined || schoolYears === null) return undefined;
  return {
    ...{ schoolYears, curriculumCompleted: curriculumCompleted ?? null },
    ...{ fitnessPassed: fitnessPassed ?? null, qualityMaterialsMeet: qualityMaterialsMeet ?? null },
    credits: earned != null && required != null ? { earned, required } : null,
    test: [
      ...subjectsOf(passed).map((subject) => ({ subject, passed: true })),
      ...subjectsOf(failed).map((subject) => ({ subject, passed: false })),
    ],
  };
};

/**
 * The upload, once it is said how studies ended and of whom. Conditions go along where years of school are said, as the
 * senior stage asks for; what of them is not said stays unsaid, for the law to ask.
 */
export const uploadOf = (
  school: string,
  students: readonly string[],
  draft: OutcomeDraft,
): Pick<Input, 'school' | 'outcomes'> | undefined => {
  const { outcome, reason, studiedFrom, studiedTo } = draft;
  if (!outcome || students.length === 0) return undefined;
  const conditions = conditionsOf(draft);
  const one = {
    outcome,
    ...(conditions && { conditions }),
    ...(reason && { reason }),
    ...(studiedFrom && { studiedFrom }),
    ...(studiedTo && { studiedTo }),
  };
  return { school, outcomes: students.map((student) => ({ student, ...one })) };
};
