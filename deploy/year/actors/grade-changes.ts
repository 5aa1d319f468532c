import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { openCase } from '../world/case-work.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf, isBeforePromotion, someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

const MONTHLY = 0.00005;

/**
 * Families who ask to repeat or to skip a grade: in Shanxi, and wherever the province has set nothing, in vain;
 * in Beiguan the bureau decides.
 */
export const actor: Actor = {
  name: 'grade changes',
  at: '09:35',
  act: async (day, world) => {
    if (!isFirstOf(world.shared.days, day) || ['07', '08'].includes(day.slice(5, 7))) return;
    const isMeant = (pupil: Pupil) => pupil.status === 'IN_SCHOOL' && gradeOf(world, pupil) === 2;
    for (const pupil of someOf(world, MONTHLY, isMeant, 1)) await ask(world, pupil);
  },
};

/** In Beiguan the bureau decides on compulsory pupils, with a reason; who repeats sits with the grade below at once (ENR-36, ENR-51). */
const ask = async (world: World, pupil: Pupil): Promise<void> => {
  const isSkip = world.random(pupil.key).chance(0.4);
  const isDecided = pupil.stage !== 'SENIOR' && world.isBeiguan(pupil.school);
  if (isDecided && isBeforePromotion(world.today)) return;
  await openCase(world, {
    does: 'requestGradeChange',
    type: 'GradeChangeInput',
    pupil,
    input: { change: isSkip ? 'SKIP' : 'REPEAT', askedBy: 'GUARDIAN', grade: isSkip ? 3 : 1 },
    ...(isDecided
      ? { effect: { entryYearAdj: pupil.entryYearAdj + (isSkip ? -1 : 1) } }
      : { effect: {}, expects: [refusalOf(world, pupil, isSkip)] }),
  });
};

const refusalOf = (world: World, { school }: Pupil, isSkip: boolean): string => {
  if (provinceOf(school) === '14' && isSkip) return 'GRADE_SKIP_NOT_PERMITTED';
  return world.isShanxiLaw(school) ? 'GRADE_REPEAT_FORBIDDEN' : 'POLICY_UNRESOLVED';
};
