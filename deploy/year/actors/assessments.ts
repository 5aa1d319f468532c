import type { Actor } from '../actor.ts';
import { assess } from '../world/assessments.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf, lastGradeOf, someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

const DAY = '2026-05-12';
const SHARE = 0.2;
const KEPT = 0.25;

/**
 * Expert committees look at disabled pupils before the promotion. Whom one keeps in the grade is left out of it, and nobody
 * else of the year picks that pupil any more, since by the classmates the grade would be another (ENR-24, ENR-28).
 */
export const actor: Actor = {
  name: 'assessments',
  at: '08:40',
  act: async (day, world) => {
    if (day !== DAY) return;
    for (const pupil of someOf(world, SHARE, (each) => isAhead(world, each), 2)) await look(world, pupil);
  },
};

/** In a primary school, with two promotions of the stage ahead. */
const isAhead = (world: World, pupil: Pupil): boolean =>
  pupil.isDisabled &&
  pupil.stage === 'PRIMARY' &&
  pupil.status === 'IN_SCHOOL' &&
  gradeOf(world, pupil) < lastGradeOf(world, pupil) - 1;

const look = async (world: World, pupil: Pupil): Promise<void> => {
  const isKept = world.fate('kept in the grade', pupil.key).chance(KEPT);
  if ((await assess(world, pupil, 'PROMOTION', !isKept)) && isKept) pupil.days.busy = 'kept in the grade';
};
