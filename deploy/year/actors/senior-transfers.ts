import type { Actor } from '../actor.ts';
import { initiate } from '../transfers/initiate.ts';
import { isFirstOfWindow, isWindowOf, isWindowOfAny, leastOf } from '../transfers/windows.ts';
import { schoolsFor } from '../transfers/wishes.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import { isInMiddle, someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

const IN_WINDOW = 0.0008;

/**
 * Senior pupils change to a senior school elsewhere in their province (TRF-11): in Shanxi where its authority finds the schools of
 * comparable level, and never within their own county (TRF-15).
 */
export const actor: Actor = {
  name: 'senior-transfers',
  at: '10:22',
  act: async (_, world) => {
    if (!isWindowOfAny(world)) return;
    const isMeant = (pupil: Pupil) =>
      pupil.stage === 'SENIOR' &&
      isInMiddle(world, pupil) &&
      isWindowOf(world, pupil.school) &&
      elsewhere(world, pupil).length > 0;
    for (const province of world.shared.plan.provinces) {
      const isOf = (pupil: Pupil) => provinceOf(pupil.school) === province && isMeant(pupil);
      for (const pupil of someOf(world, IN_WINDOW, isOf, isFirstOfWindow(world) ? leastOf(world) : 0))
        await move(world, pupil);
    }
  },
};

const elsewhere = (world: World, pupil: Pupil) =>
  schoolsFor(world, pupil, provinceOf(pupil.school)).filter(
    ({ unit }) => unit !== world.schoolOf(pupil.school)?.unit,
  );

/** A family that knows of a school of the own county as well asks there first, in vain. */
const move = async (world: World, pupil: Pupil): Promise<void> => {
  const kind = 'IN_PROVINCE_TRANSFER' as const;
  const own = schoolsFor(world, pupil, provinceOf(pupil.school)).find(
    ({ unit }) => unit === world.schoolOf(pupil.school)?.unit,
  );
  if (own !== undefined && world.isShanxiLaw(pupil.school))
    await initiate(world, { pupil, target: own, kind, expects: ['SAME_ADMISSION_AREA'] });
  const schools = elsewhere(world, pupil);
  const target = schools[world.random('school', pupil.key).between(0, Math.max(0, schools.length - 1))];
  if (target !== undefined) await initiate(world, { pupil, target, kind });
};
