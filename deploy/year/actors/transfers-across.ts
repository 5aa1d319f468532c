import type { Actor } from '../actor.ts';
import { nthOf } from '../transfers/courses.ts';
import { initiate, type Wish } from '../transfers/initiate.ts';
import { isFirstOfWindow, isStop, isWindowOfAny } from '../transfers/windows.ts';
import { otherProvince, schoolsFor } from '../transfers/wishes.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import { isInMiddle, someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

/** Shares of pupils who want to move into the other province; in a year two or three of a thousand (ours, see the transfers within one). */
const IN_WINDOW = 0.0004;
const ELSE = 0.00002;
const SENIOR = 0.0003;
/** So that a small year sees every way, one into each province on every day of a window. */
const EACH_DAY = 1;

/** Families move from one province into the other, both ways (W-10): with everybody's approval, a report and a call-up. */
export const actor: Actor = {
  name: 'transfers-across',
  at: '10:25',
  act: async (day, world) => {
    if (world.shared.plan.provinces.length < 2) return;
    if (isStop(day)) {
      if (day.slice(8) <= '07' || day.slice(5, 7) === '07')
        for (const pupil of from(world, 0, 1, isYoung))
          await cross(world, pupil, { expects: ['TRANSFER_INITIATION_SUSPENDED'] });
      return;
    }
    const isOpen = isWindowOfAny(world);
    for (const pupil of from(world, isOpen ? IN_WINDOW : ELSE, isOpen ? EACH_DAY : 0, isYoung)) {
      if (isOpen && nthOf(world, 'wrong function') % 6 === 0)
        await cross(world, pupil, { kind: 'IN_PROVINCE_TRANSFER', expects: ['WRONG_CASE_KIND'] });
      await cross(world, pupil);
    }
    if (isOpen)
      for (const pupil of from(world, SENIOR, isFirstOfWindow(world) ? 1 : 0, isSenior))
        await crossAsSenior(world, pupil);
  },
};

const isYoung = ({ stage }: Pupil): boolean => stage !== 'SENIOR';
const isSenior = ({ stage }: Pupil): boolean => stage === 'SENIOR';

/** Pupils who want to go, of each province. */
const from = (world: World, share: number, atLeast: number, isMeant: (pupil: Pupil) => boolean): Pupil[] =>
  world.shared.plan.provinces.flatMap((province) =>
    someOf(
      world,
      share,
      (pupil) => isMeant(pupil) && provinceOf(pupil.school) === province && isInMiddle(world, pupil),
      atLeast,
    ),
  );

const cross = async (world: World, pupil: Pupil, more: Partial<Wish> = {}): Promise<void> => {
  const schools = schoolsFor(world, pupil, otherProvince(world, pupil) ?? '');
  const target = schools[world.random('school', pupil.key).between(0, Math.max(0, schools.length - 1))];
  if (target !== undefined)
    await initiate(world, { pupil, target, kind: 'CROSS_PROVINCE_TRANSFER', ...more });
};

/** Who comes to Shanxi and has sat an academic test brings its proof; without it the authority there gives a reason (TRF-30). */
const crossAsSenior = (world: World, pupil: Pupil): Promise<void> => {
  const isAsked = world.isShanxiLaw(`${otherProvince(world, pupil)}0000`);
  const hasProof = isAsked && world.fate('proof', pupil.key).chance(0.5);
  return cross(world, pupil, {
    more: { hasSatAcademicTest: true },
    papers: ['APPLICATION_FORM', 'REASON_PROOF', ...(hasProof ? ['ACADEMIC_TEST_PROOF'] : [])],
  });
};
