import { type AssessedStep, judgeAssessedProgress } from '#libs/law/enrollment/assessed-progress.ts';
import { assessmentThatCounts } from '#libs/law/enrollment/progress-assessment.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Situation } from '../cases/situation.ts';

/** What stands against a step that is taken once in a stage, by the assessments on record (ENR-24). */
export const judgeAssessedStep = (
  { registration, assessments, policyOn, lawPlace }: Situation,
  step: Exclude<AssessedStep, 'PROMOTION'>,
): Finding[] =>
  judgeAssessedProgress(
    {
      isDisabled: registration.disabled,
      step,
      assessment: assessmentThatCounts(assessments, { step, schoolYear: null }),
    },
    policyOn,
    lawPlace,
  );
