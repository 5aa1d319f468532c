import type { z } from 'zod';
import type { SchoolKind, SchoolSystem, Stage } from '#libs/contracts/vocabulary.ts';

/** 六三制, 五四制, or neither. */
export type System = z.infer<typeof SchoolSystem>;

/**
 * The years that a school teaches in one stage. Years are counted on one scale from 1 (first grade of primary
 * school) to 12 (last of senior school), both ends inclusive; the three kindergarten years are -2, -1 and 0.
 */
export type StageSpan = { stage: Stage; firstYear: number; lastYear: number };

/** Stages in their order. */
export const STAGES: readonly Stage[] = ['PRESCHOOL', 'PRIMARY', 'JUNIOR', 'SENIOR'];

const SPANS: Readonly<Record<Exclude<System, 'OTHER'>, Readonly<Record<Stage, readonly [number, number]>>>> =
  {
    S63: { PRESCHOOL: [-2, 0], PRIMARY: [1, 6], JUNIOR: [7, 9], SENIOR: [10, 12] },
    S54: { PRESCHOOL: [-2, 0], PRIMARY: [1, 5], JUNIOR: [6, 9], SENIOR: [10, 12] },
  };

/** The stages a school of the kind may teach; the last it teaches decides the kind. */
const STAGES_OF_KIND: Readonly<Record<SchoolKind, { always: readonly Stage[]; also: readonly Stage[] }>> = {
  KINDERGARTEN: { always: ['PRESCHOOL'], also: [] },
  PRIMARY: { always: ['PRIMARY'], also: [] },
  JUNIOR: { always: ['JUNIOR'], also: ['PRIMARY'] },
  SENIOR: { always: ['SENIOR'], also: ['PRIMARY', 'JUNIOR'] },
  SPECIAL_EDUCATION: { always: [], also: STAGES },
  SPECIALIZED: { always: [], also: ['PRIMARY', 'JUNIOR', 'SENIOR'] },
  COMPREHENSIVE_CLASS_IN_VOCATIONAL: { always: ['SENIOR'], also: [] },
  ORDINARY_CLASS_IN_COMPREHENSIVE: { always: ['SENIOR'], also: [] },
  OTHER_LAWFUL: { always: [], also: ['PRIMARY', 'JUNIOR', 'SENIOR'] },
  VOCATIONAL: { always: ['SENIOR'], also: [] },
};

/** The stages a school of the kind teaches unless something else is said (ours). */
export function usualStages(kind: SchoolKind): Stage[] {
  const { always } = STAGES_OF_KIND[kind];
  if (always.length > 0) return [...always];
  return kind === 'SPECIALIZED' ? ['JUNIOR'] : ['PRIMARY', 'JUNIOR'];
}

/** What is wrong with a choice of stages; null when it fits. */
export type StagesProblem = 'NO_STAGE' | 'STAGE_NOT_OF_KIND' | 'STAGES_NOT_CONTIGUOUS';

/**
 * Judges the stages of a school. Nine-year schools are JUNIOR with two stages, twelve-year schools SENIOR with
 * three: type codes of their own were not found (ours).
 */
export function stagesProblem(kind: SchoolKind, stages: readonly Stage[]): StagesProblem | null {
  if (stages.length === 0) return 'NO_STAGE';
  const { always, also } = STAGES_OF_KIND[kind];
  const taught = new Set(stages);
  const foreign = stages.some((stage) => !always.includes(stage) && !also.includes(stage));
  if (foreign || always.some((stage) => !taught.has(stage))) return 'STAGE_NOT_OF_KIND';
  const indexes = [...taught].map((stage) => STAGES.indexOf(stage)).sort((a, b) => a - b);
  const [first = 0] = indexes;
  return indexes.some((index, nth) => index !== first + nth) ? 'STAGES_NOT_CONTIGUOUS' : null;
}

/**
 * Years of each stage under a school system (003 X1§四.2, 002 A20).
 *
 * @throws RangeError for the system OTHER, whose spans must be given one by one.
 */
export function spansOf(system: System, stages: readonly Stage[]): StageSpan[] {
  if (system === 'OTHER') throw new RangeError('the spans of a school system OTHER must be given');
  return STAGES.filter((stage) => stages.includes(stage)).map((stage) => {
    const [firstYear, lastYear] = SPANS[system][stage];
    return { stage, firstYear, lastYear };
  });
}

/** The highest stage taught; undefined without stages. */
export const highestStage = (stages: readonly Stage[]): Stage | undefined =>
  STAGES.findLast((stage) => stages.includes(stage));
