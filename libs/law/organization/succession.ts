import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { gradeOn, type Promotion, schoolYearOn } from '../enrollment/grade.ts';
import type { EnrollmentStatus } from '../enrollment/status.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/**
 * The years that a school teaches in one stage, on one scale: 1 to 9 of compulsory education, 10 to 12 of the senior
 * stage, -2 to 0 of the kindergarten; both ends included.
 */
export type TaughtYears = { stage: Stage; firstYear: number; lastYear: number };

/** Where in the grades a registration is, as it is kept. */
export type Position = { stage: Stage; entryYearAdj: number; lastGrade: number; frozenAt: Date | null };

const lengthOf = ({ firstYear, lastYear }: TaughtYears): number => lastYear - firstYear + 1;

/** The first year of a position's stage: as the school teaches it, else as the length of the stage says. */
const firstYearOf = ({ stage, lastGrade }: Position, taught: readonly TaughtYears[]): number => {
  const span = taught.find((each) => each.stage === stage && lengthOf(each) === lastGrade);
  if (span !== undefined) return span.firstYear;
  if (stage === 'JUNIOR') return 10 - lastGrade;
  if (stage === 'PRESCHOOL') return 1 - lastGrade;
  return stage === 'SENIOR' ? 10 : 1;
};

const goesOnInGrade: Readonly<Record<EnrollmentStatus, boolean>> = {
  PENDING_APPROVAL: true,
  RETURNED_TO_SCHOOL: true,
  IN_SCHOOL: true,
  SUSPENDED: true,
  ABROAD: true,
  LEFT_OTHER: true,
  REFUSED: false,
  GRADUATED: false,
  ADMITTED: false,
  COMPLETED: false,
  WITHDRAWN: false,
  EXPELLED: false,
  CANCELLED: false,
  ADMISSION_CANCELLED: false,
};

/** True for a pupil who sits in a grade, or may come back to one. */
export const hasGrade = (status: EnrollmentStatus): boolean => goesOnInGrade[status];

/** The year of schooling, on the scale of `TaughtYears`, in which a pupil is. */
export const yearOf = (
  position: Position,
  taught: readonly TaughtYears[],
  on: Date,
  promotions: readonly Promotion[],
): number => firstYearOf(position, taught) + gradeOn(position, on, promotions) - 1;

/**
 * The same year of schooling in another school (ENR-69): between school systems grades match as years, so that a sixth
 * year is the last of a primary school here and the first of a junior school there. Undefined where the other school
 * does not teach the year.
 */
export const positionIn = (
  position: Position,
  schools: { from: readonly TaughtYears[]; to: readonly TaughtYears[] },
  on: Date,
  promotions: readonly Promotion[],
): Position | undefined => {
  enforces('ENR-69');
  const first = firstYearOf(position, schools.from);
  const year = yearOf(position, schools.from, on, promotions);
  const span = schools.to.find(({ firstYear, lastYear }) => firstYear <= year && year <= lastYear);
  if (span === undefined) return undefined;
  const isSame =
    span.stage === position.stage && span.firstYear === first && lengthOf(span) === position.lastGrade;
  if (isSame) return position;
  const counted = position.frozenAt && position.frozenAt < on ? position.frozenAt : on;
  const earliest = schoolYearOn(counted, promotions) - position.lastGrade + 1;
  return {
    ...position,
    stage: span.stage,
    entryYearAdj: Math.max(position.entryYearAdj, earliest) + span.firstYear - first,
    lastGrade: lengthOf(span),
  };
};

const yearNames = { senior: '高中', kindergarten: '幼儿园' } as const;

const nameOf = (year: number): string => {
  if (year > 9) return `${yearNames.senior}${year - 9}年级`;
  return year < 1 ? yearNames.kindergarten : `义务教育第${year}年`;
};

/** Pupils of one year of schooling. */
export type SeatedYear = { school: string; year: number; pupils: number };

/** Pupils go on only in a school that teaches their year (ENR-69); one finding for each year that it does not. */
export const judgeYearsTaught = (
  seated: readonly SeatedYear[],
  taught: readonly TaughtYears[],
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  seated
    .filter(({ year }) => !taught.some(({ firstYear, lastYear }) => firstYear <= year && year <= lastYear))
    .flatMap(({ school, year, pupils }) =>
      findingIfInForce('ENR-69', {
        outcome: 'REJECT',
        message: `学校${school}有${pupils}名学生在${nameOf(year)}，接续的学校不设这一年级。`,
        messageEn: `${pupils} pupil(s) of school ${school} are in year ${year}, which the school that goes on does not teach.`,
        path: ['school'],
        remedy: '请先为这些学生另行安排学校，或由开设相应年级的学校接续。',
        ownerLevel: 'COUNTY',
        on,
        place,
      }),
    );
