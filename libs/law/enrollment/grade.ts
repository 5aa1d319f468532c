import { type IsoDate, partsOf, shanghaiDate, startOfDay } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { PARAMETERS } from '../parameters/parameters.ts';

/**
 * The nationwide promotion of a year as one dated fact. From this instant the school year with that number runs:
 * pupils who entered grade one in that autumn are in grade one. Entered weeks ahead; no pupil's row is touched.
 */
export type Promotion = { schoolYear: number; at: Date };

/** Promotions as they were entered, for the law. */
export const lawPromotions = (
  entered: readonly { schoolYear: number; effectiveAt: string | Date }[],
): Promotion[] => entered.map(({ schoolYear, effectiveAt }) => ({ schoolYear, at: new Date(effectiveAt) }));

/** What an enrollment keeps instead of a grade. */
export type GradeFacts = {
  /** The year in whose autumn this pupil would have been in grade one of the stage. */
  entryYearAdj: number;
  /** The graduating grade of the stage. */
  lastGrade: number;
  /** While suspended or otherwise assessed: the grade stands still from here. */
  frozenAt?: Date | null;
};

/** Grade in the stage from 1; a pupil registered for the coming autumn counts as grade one. */
export const gradeOn = (
  facts: GradeFacts,
  on: Date | IsoDate,
  promotions: readonly Promotion[] = [],
): number => {
  enforces('ENR-28');
  const asked = instantOf(on);
  const counted = facts.frozenAt && facts.frozenAt < asked ? facts.frozenAt : asked;
  return Math.max(1, Math.min(facts.lastGrade, schoolYearOn(counted, promotions) - facts.entryYearAdj + 1));
};

/**
 * The school year that runs at an instant (a day means its 00:00). The promotion of a year comes from `promotions`
 * where one was entered for it, else it is the standing one, 10 August 24:00 (ENR-28).
 */
export const schoolYearOn = (on: Date | IsoDate, promotions: readonly Promotion[] = []): number => {
  const instant = instantOf(on);
  const { year } = partsOf(shanghaiDate(instant));
  return instant >= promotionAt(year, promotions) ? year : year - 1;
};

/** Nobody who is registered began school before. */
const FIRST_YEAR = 1990;

/** The promotions that have taken effect at an instant, the earliest first; the last is of the school year that runs. */
export const promotionsBegun = (on: Date, promotions: readonly Promotion[] = []): Promotion[] =>
  Array.from({ length: schoolYearOn(on, promotions) - FIRST_YEAR + 1 }, (_, index) => {
    const schoolYear = FIRST_YEAR + index;
    return { schoolYear, at: promotionAt(schoolYear, promotions) };
  });

/** The instant of a year's promotion. */
export const promotionAt = (schoolYear: number, promotions: readonly Promotion[] = []): Date =>
  promotions.find((fact) => fact.schoolYear === schoolYear)?.at ??
  startOfDay(`${schoolYear}-${STANDING_DAY}`);

/**
 * Which `entryYearAdj` a grade filter selects among pupils who are not frozen, both ends included: one year for the
 * grades between, open towards the future for the first grade and towards the past for the last.
 */
export const entryYearsOfGrade = (
  grade: number,
  lastGrade: number,
  schoolYear: number,
): { from?: number; to?: number } => ({
  ...(grade < lastGrade && { from: schoolYear - grade + 1 }),
  ...(grade > 1 && { to: schoolYear - grade + 1 }),
});

/** The `entryYearAdj` that puts a pupil into a grade in a school year: on resumption, skipping, repeating, lowering. */
export const entryYearFor = (grade: number, schoolYear: number): number => schoolYear - grade + 1;

/** The last grade of a stage. Primary and junior split the nine years as the school system says (ENR-69). */
export const lastGradeOf = (
  stage: 'PRIMARY' | 'JUNIOR' | 'SENIOR',
  system: 'S63' | 'S54' | 'OTHER',
): number => {
  if (stage === 'SENIOR') return 3;
  if (stage === 'PRIMARY') return system === 'S54' ? 5 : 6;
  return system === 'S54' ? 4 : 3;
};

/** Why a grade may change outside the nationwide promotion: lowering by assessment (ENR-24), skipping or repeating
 * (ENR-51), resumption (ENR-47). */
export type GradeChangeGround = 'ASSESSMENT' | 'SKIP' | 'REPEAT' | 'RESUMPTION';

/** Nobody promotes by hand (ENR-28); a change of grade names the ground that other rules then judge. */
export const judgeGradeChange = (
  facts: { ground?: GradeChangeGround },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.ground
    ? []
    : [
        finding('ENR-28', {
          message: '升级由全国统一进行，学校和主管部门不能手工升级。',
          messageEn: 'Promotion is done centrally for the whole country; nobody promotes by hand.',
          path: ['grade'],
          remedy: '请等待8月10日24时全国统一升级；确需变更年级的，请按跳级、复学或残疾学生评估办理。',
          ownerLevel: 'MINISTRY',
          on,
          place,
        }),
      ];

const STANDING_DAY = PARAMETERS.promotionStartsOn.values[0]?.value ?? '08-11';

const instantOf = (on: Date | IsoDate): Date => (typeof on === 'string' ? startOfDay(on) : on);
