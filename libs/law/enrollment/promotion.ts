import { enforces } from '../enforces.ts';
import { type Promotion, schoolYearOn } from './grade.ts';

/** What keeps a pupil out of the nationwide promotion. */
export type PromotionFacts = {
  status: string;
  /** The expert committee has said that the pupil stays in the grade (ENR-24). */
  assessedToStay: boolean;
};

/**
 * True for a pupil whom the promotion leaves out (ENR-28): a suspended one, whose grade is fixed on resumption, and a
 * disabled one whose assessment says otherwise. Such a pupil's grade is frozen (`GradeFacts.frozenAt`).
 */
export const staysOutOfPromotion = ({ status, assessedToStay }: PromotionFacts): boolean => {
  enforces('ENR-28');
  return status === 'SUSPENDED' || assessedToStay;
};

/** A case that names a grade of the stage. */
export type RunningCaseFacts = { grade: number; lastGrade: number; startedAt: Date; completedAt: Date };

/**
 * The grade in which a case that began before a promotion ends (ENR-29): one higher for each promotion between its start
 * and its completion, never beyond the graduating grade. The promotion itself stops or restarts no case.
 */
export const gradeOnCompletion = (
  { grade, lastGrade, startedAt, completedAt }: RunningCaseFacts,
  promotions: readonly Promotion[] = [],
): number => {
  enforces('ENR-29');
  const passed = schoolYearOn(completedAt, promotions) - schoolYearOn(startedAt, promotions);
  return Math.max(grade, Math.min(lastGrade, grade + passed));
};
