import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';

/**
 * How a school counts its grades. S63, S54: from 1 in each stage, six and three or five and four years long; NINE_YEAR,
 * TWELVE_YEAR: straight through from 1 to 9 or 12.
 */
export type GradeSystem = 'S63' | 'S54' | 'NINE_YEAR' | 'TWELVE_YEAR';

/** A grade as a school names it. */
export type LocalGrade = { stage: Stage; grade: number; system: GradeSystem };

const PRIMARY_YEARS: Readonly<Record<GradeSystem, number>> = { S63: 6, S54: 5, NINE_YEAR: 6, TWELVE_YEAR: 6 };
const COMPULSORY_YEARS = 9;
/** Schools that count through split the nine years after the fifth or the sixth. */
const EARLIEST_JUNIOR_YEAR = 6;

const countsThrough = (system: GradeSystem): boolean => system === 'NINE_YEAR' || system === 'TWELVE_YEAR';

/**
 * The year of compulsory education, 1 to 9, that a grade is (ENR-69); undefined for a grade that the system does not
 * have, and outside compulsory education.
 */
export const compulsoryYearOf = (stage: Stage, grade: number, system: GradeSystem): number | undefined => {
  enforces('ENR-69');
  if (!isCompulsory(stage) || !Number.isInteger(grade) || grade < 1) return undefined;
  const primaryYears = PRIMARY_YEARS[system];
  if (stage === 'PRIMARY') return grade <= primaryYears ? grade : undefined;
  const year = countsThrough(system) ? grade : primaryYears + grade;
  const first = countsThrough(system) ? EARLIEST_JUNIOR_YEAR : primaryYears + 1;
  return first <= year && year <= COMPULSORY_YEARS ? year : undefined;
};

/** The stage and grade that a year of compulsory education is in a system (ENR-69); undefined outside 1 to 9. */
export const localGradeOf = (
  compulsoryYear: number,
  system: GradeSystem,
): { stage: 'PRIMARY' | 'JUNIOR'; grade: number } | undefined => {
  if (!Number.isInteger(compulsoryYear) || compulsoryYear < 1 || compulsoryYear > COMPULSORY_YEARS) {
    return undefined;
  }
  const primaryYears = PRIMARY_YEARS[system];
  if (compulsoryYear <= primaryYears) return { stage: 'PRIMARY', grade: compulsoryYear };
  return { stage: 'JUNIOR', grade: countsThrough(system) ? compulsoryYear : compulsoryYear - primaryYears };
};

/** A pupil who comes from one grade and is to be put into another. */
export type GradeMatchFacts = { from: LocalGrade; to: LocalGrade };

/**
 * Between school systems grades match as years 1 to 9 (ENR-69). Between grades of senior schools nothing is matched; a
 * grade that a system does not have matches none.
 */
export const judgeGradeMatch = ({ from, to }: GradeMatchFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (!isCompulsory(from.stage) && !isCompulsory(to.stage)) return [];
  const year = compulsoryYearOf(from.stage, from.grade, from.system);
  if (year !== undefined && year === compulsoryYearOf(to.stage, to.grade, to.system)) return [];
  const fitting = year === undefined ? undefined : localGradeOf(year, to.system);
  return findingIfInForce('ENR-69', {
    message: '转入年级与原年级不对应。不同学制之间按义务教育一至九年级对应。',
    messageEn: 'The grades do not match; between school systems they match as years 1 to 9.',
    path: ['grade'],
    remedy: fitting
      ? `请改为${fitting.stage === 'PRIMARY' ? '小学' : '初中'}${fitting.grade}年级（义务教育第${year}年）。`
      : '请核对学制和年级。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};
