import type { Actor } from '../actor.ts';
import { nthOf } from '../transfers/courses.ts';
import { initiate } from '../transfers/initiate.ts';
import { isStop, isWindowOf, isWindowOfAny } from '../transfers/windows.ts';
import { schoolsFor } from '../transfers/wishes.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import { isInMiddle, someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

/**
 * Shares of pupils who want to move within their province: most in the first days of a term, a few in any other week. In a
 * year it comes to some eight of a thousand pupils. The order of it is that of the tables of changes (学生变动情况) in the
 * statistical yearbook of education, which count those who moved in and out by stage; the figure itself is ours.
 */
const IN_WINDOW = 0.0014;
const ELSE = 0.00008;

/** Families move house within the province and apply at another school (TRF-05); in the summer stop in vain (TRF-08). */
export const actor: Actor = {
  name: 'transfers',
  at: '10:20',
  act: async (day, world) => {
    if (isStop(day)) {
      for (const pupil of candidates(world, 0, 1))
        await move(world, pupil, { expects: ['TRANSFER_INITIATION_SUSPENDED'] });
      return;
    }
    const isOpen = isWindowOfAny(world);
    const pupils = candidates(world, isOpen ? IN_WINDOW : ELSE, isOpen ? 1 : 0);
    for (const [nth, pupil] of pupils.entries()) {
      if (nth === 0 && isOpen && world.isShanxiLaw(pupil.school))
        await move(world, pupil, {
          papers: [],
          expects: ['REASON_PROOF_MISSING', 'GUARDIAN_APPLICATION_MISSING'],
        });
      await move(world, pupil);
    }
  },
};

/** Every third family of Shanxi prefers a private school, whose authorities weigh it first (TRF-25). */
const move = async (
  world: World,
  pupil: Pupil,
  more: { papers?: readonly string[]; expects?: readonly string[] } = {},
): Promise<void> => {
  const schools = schoolsFor(world, pupil, provinceOf(pupil.school));
  const isThird = more.expects === undefined && nthOf(world, 'wish within a province') % 3 === 0;
  const wanted = schools.filter(({ ownership }) => isThird && ownership === 'PRIVATE');
  const among = wanted.length > 0 ? wanted : schools;
  const target = among[world.random('school', pupil.key).between(0, Math.max(0, among.length - 1))];
  if (target !== undefined) await initiate(world, { pupil, target, kind: 'IN_PROVINCE_TRANSFER', ...more });
};

const candidates = (world: World, share: number, atLeast: number): Pupil[] =>
  someOf(
    world,
    share,
    (pupil) =>
      isInMiddle(world, pupil) &&
      pupil.stage !== 'SENIOR' &&
      (share === ELSE || isWindowOf(world, pupil.school) || isStop(world.today)) &&
      schoolsFor(world, pupil, provinceOf(pupil.school)).length > 0,
    atLeast,
  );
