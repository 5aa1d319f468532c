import { compulsoryYearOf, type LocalGrade, localGradeOf } from '../enrollment/compulsory-year.ts';
import { isCompulsory, type Stage } from '../layers.ts';

const COMPULSORY_YEARS = 9;
const SENIOR_YEARS = 3;

/** The year of the senior stage, 1 to 3, in schools that count it alone or through to 12; undefined for no such grade. */
export const seniorYearOf = ({ stage, grade, system }: LocalGrade): number | undefined => {
  if (stage !== 'SENIOR' || !Number.isInteger(grade)) return undefined;
  const year = system === 'TWELVE_YEAR' && grade > COMPULSORY_YEARS ? grade - COMPULSORY_YEARS : grade;
  return 1 <= year && year <= SENIOR_YEARS ? year : undefined;
};

/**
 * The year of schooling on one scale: 1 to 9 of compulsory education, whatever the school system (ENR-69), 10 to 12 of
 * the senior stage. Undefined for a grade that the system does not have, and in preschool.
 */
export const schoolingYearOf = (local: LocalGrade): number | undefined => {
  if (local.stage !== 'SENIOR') return compulsoryYearOf(local.stage, local.grade, local.system);
  const year = seniorYearOf(local);
  return year === undefined ? undefined : COMPULSORY_YEARS + year;
};

/**
 * The grade that a year of schooling is in a system (ENR-69, TRF-39): what a receiving school offers to a pupil, on a
 * transfer for the same year, after graduation for the next. Undefined outside of 1 to 12.
 */
export const gradeOfYear = (
  year: number,
  system: LocalGrade['system'],
): { stage: Stage; grade: number } | undefined => {
  const senior = year - COMPULSORY_YEARS;
  if (senior < 1) return localGradeOf(year, system);
  return senior <= SENIOR_YEARS ? { stage: 'SENIOR', grade: senior } : undefined;
};

/** The stage of the year before or after a grade, in the system of its school. */
const neighbourStage = (local: LocalGrade, step: 1 | -1): Stage | undefined => {
  const year = schoolingYearOf(local);
  return year === undefined ? undefined : gradeOfYear(year + step, local.system)?.stage;
};

/** True for the first grade of a stage (起始年级). */
export const isStartGrade = (local: LocalGrade): boolean =>
  schoolingYearOf(local) !== undefined && neighbourStage(local, -1) !== local.stage;

/** True for the last grade of a stage (毕业年级). */
export const isGraduatingGrade = (local: LocalGrade): boolean =>
  schoolingYearOf(local) !== undefined && neighbourStage(local, 1) !== local.stage;

/** True in the last primary grade and the first junior one: around primary graduation (TRF-18). */
export const isAroundPrimaryGraduation = (local: LocalGrade): boolean =>
  isCompulsory(local.stage) && (local.stage === 'PRIMARY' ? isGraduatingGrade(local) : isStartGrade(local));
