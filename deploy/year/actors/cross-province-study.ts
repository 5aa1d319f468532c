import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { School } from '#services/organization/school/school.ts';
import type { Actor } from '../actor.ts';
import { initiate, type Wish } from '../transfers/initiate.ts';
import { isStudyWindow } from '../transfers/windows.ts';
import { otherProvince } from '../transfers/wishes.ts';
import { assessed } from '../world/assessments.ts';
import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import { schoolYearOf, someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

/** Of the graduates so many go on in the other province: fewer than move in the course of a stage (ours). */
const OF_GRADUATES = 0.004;
/** Days on which those ask who have graduated in time; in between some of the late ones do. */
const BEFORE_ADMISSION = '2026-08-18';
const WEEKS = new Set(['2025-09-16', '2025-11-11', '2026-03-10']);
const OUT_OF_WINDOW = new Set(['2026-01-13', '2026-06-02']);

/** Graduates of primary and of junior schools go on in the other province, in the two windows of the year (W-11). */
export const actor: Actor = {
  name: 'cross-province-study',
  at: '09:55',
  act: async (day, world) => {
    if (world.shared.plan.provinces.length < 2) return;
    if (OUT_OF_WINDOW.has(day)) {
      const expects = ['CROSS_PROVINCE_STUDY_WINDOW_CLOSED'];
      for (const pupil of graduates(world, 0, 1)) await goOn(world, pupil, { expects });
    }
    if (!isStudyWindow(day)) return;
    if (WEEKS.has(day)) for (const pupil of graduates(world, 0, 1)) await goOn(world, pupil);
    if (day === BEFORE_ADMISSION)
      for (const pupil of graduates(world, OF_GRADUATES, 2)) await goOn(world, pupil);
  },
};

/** Of each province, of each stage after which one goes on. */
const graduates = (world: World, share: number, atLeast: number): Pupil[] =>
  world.shared.plan.provinces.flatMap((province) =>
    (['PRIMARY', 'JUNIOR'] as const).flatMap((stage) =>
      someOf(
        world,
        share,
        (pupil) =>
          pupil.status === 'GRADUATED' && pupil.stage === stage && provinceOf(pupil.school) === province,
        atLeast,
      ),
    ),
  );

const NEXT: Partial<Record<Stage, 'JUNIOR' | 'SENIOR'>> = { PRIMARY: 'JUNIOR', JUNIOR: 'SENIOR' };

const goOn = async (world: World, pupil: Pupil, more: Partial<Wish> = {}): Promise<void> => {
  const stage = NEXT[pupil.stage];
  if (stage === undefined) return;
  const province = otherProvince(world, pupil);
  const schools = world.schools(stage).filter(({ code }) => provinceOf(code) === province);
  const target: School | undefined =
    schools[world.random('school', pupil.key).between(0, Math.max(0, schools.length - 1))];
  if (target === undefined) return;
  await assessed(world, pupil, 'GOING_ON');
  const into = { stage, grade: 1, entryYearAdj: schoolYearOf(world.today) };
  await initiate(world, { pupil, target, kind: 'CROSS_PROVINCE_STUDY', into, ...more });
};
