import { entryYearFor } from '#libs/law/enrollment/grade.ts';
import { assessmentThatCounts, type StepAsked } from '#libs/law/enrollment/progress-assessment.ts';
import { staysOutOfPromotion } from '#libs/law/enrollment/promotion.ts';
import type { Effect } from '../cases/plan.ts';
import type { Situation } from '../cases/situation.ts';

/**
 * Instant from which the grade of who is in school again stands still: now for whom an assessment keeps out of the promotion
 * to come (ENR-24, ENR-28), null for all others.
 */
export const standsStillFrom = ({ assessments, schoolYear, now }: Situation): string | null => {
  const counts = assessmentThatCounts(assessments, { step: 'PROMOTION', schoolYear: schoolYear + 1 });
  const assessedToStay = counts !== null && !counts.supports;
  return staysOutOfPromotion({ status: 'IN_SCHOOL', assessedToStay }) ? now : null;
};

/**
 * What an assessment does to the grade of who is in school: kept in the grade, it stands still from now on; let go on, it runs
 * again, and who was left out of the promotion that has been is promoted now (ENR-24). Nothing else changes.
 */
export const effectOn = (
  { registration, grade, schoolYear, now }: Situation,
  { step, supports, schoolYear: into }: StepAsked & { supports: boolean },
): Pick<Effect, 'frozenAt' | 'entryYearAdj'> => {
  if (step !== 'PROMOTION' || registration.status !== 'IN_SCHOOL') return {};
  if (!supports) return { frozenAt: registration.frozenAt ?? now };
  if (registration.frozenAt === null) return {};
  const isLate = into === schoolYear;
  const reached = isLate ? Math.min(grade + 1, registration.lastGrade) : grade;
  return { frozenAt: null, entryYearAdj: entryYearFor(reached, schoolYear) };
};
