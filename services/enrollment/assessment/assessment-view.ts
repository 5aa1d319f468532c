import { Stage } from '#libs/contracts/vocabulary.ts';
import { judgeAssessedProgress } from '#libs/law/enrollment/assessed-progress.ts';
import { gradeOn, lawPromotions, schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { assessmentThatCounts, nextAssessedStep } from '#libs/law/enrollment/progress-assessment.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Enrollment } from '../entities.ts';
import { type Assessment, assessmentsAbout } from './assessment-rows.ts';

/** Assessments of a registration, for its keepers and its family: they tell of a child's health. */
export const assessmentsOf = async (
  core: ServiceCore,
  { personId: person, enrollmentId: enrollment, marks }: Enrollment,
  context: Context,
): Promise<Assessment[]> => {
  if (!marks.disabled || context.actor === null || !isGranted(context.actor, 'assessment.read')) return [];
  return inScope(core.app, await context.scope(), (tx) => assessmentsAbout(tx, { person, enrollment }));
};

/** What stands against the next step of a disabled pupil, by the assessments that the caller may read (ENR-24). */
export const assessmentBlockers = async (
  core: ServiceCore,
  row: Enrollment,
  context: Context,
): Promise<Finding[]> => {
  const { actor } = context;
  const school = await core.directory.school(row.school);
  const stage = Stage.safeParse(row.stage);
  if (!row.active || !row.marks.disabled || school === undefined || stage.data === 'PRESCHOOL') return [];
  if (actor === null || !isGranted(actor, 'assessment.read')) return [];
  const promotions = lawPromotions(await core.directory.promotions());
  const now = new Date(core.clock.now());
  const { status, lastGrade } = row;
  const pupil = {
    status,
    lastGrade,
    grade: gradeOn(row, now, promotions),
    schoolYear: schoolYearOn(now, promotions),
  };
  const next = nextAssessedStep(pupil);
  if (next === null) return [];
  const assessment = assessmentThatCounts(await assessmentsOf(core, row, context), next);
  return judgeAssessedProgress(
    { isDisabled: true, step: next.step, assessment },
    core.clock.today(),
    lawPlaceOfSchool(school),
  );
};
