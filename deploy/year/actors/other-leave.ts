import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { openCase } from '../world/case-work.ts';
import type { Pupil } from '../world/roster.ts';
import { someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

const MONTHLY = 0.0004;
const TOO_EARLY = 60;
const LONG_ENOUGH = 100;
const BACK_AFTER = 170;
const COMES_BACK = 0.5;

/** Senior pupils who are gone and reached by nobody: other leave after three months, and some come back (ENR-58). */
export const actor: Actor = {
  name: 'other leave',
  at: '09:25',
  act: async (day, world) => {
    for (const pupil of world.roster.all().filter(({ days }) => days.goneOn !== undefined))
      await follow(world, pupil);
    if (isFirstOf(world.shared.days, day) && day < '2026-04')
      for (const pupil of someOf(
        world,
        MONTHLY,
        (each) => each.status === 'IN_SCHOOL' && each.stage === 'SENIOR',
        1,
      ))
        Object.assign(pupil.days, { goneOn: day, busy: day });
  },
};

const orderOf = (world: World, pupil: Pupil, leftOn: string) => ({
  does: 'markOtherLeave',
  type: 'OtherLeaveInput',
  pupil,
  input: { leftOn, reached: false, reasonKnown: false },
  effect: { status: 'LEFT_OTHER' as const, days: { leftOn: world.today } },
});

const follow = async (world: World, pupil: Pupil): Promise<void> => {
  const { goneOn = '', earlyOn, leftOn } = pupil.days;
  if (world.cases.isRunning(pupil)) return;
  if (pupil.status === 'IN_SCHOOL' && world.today >= addDays(goneOn, LONG_ENOUGH) && leftOn === undefined) {
    await openCase(world, orderOf(world, pupil, goneOn));
  } else if (
    pupil.status === 'IN_SCHOOL' &&
    earlyOn === undefined &&
    world.today >= addDays(goneOn, TOO_EARLY)
  ) {
    pupil.days.earlyOn = world.today;
    if (world.fate(pupil.key).chance(0.5))
      await openCase(world, { ...orderOf(world, pupil, goneOn), expects: ['OTHER_LEAVE_TOO_EARLY'] });
  } else if (pupil.status === 'LEFT_OTHER' && world.today >= addDays(goneOn, BACK_AFTER)) {
    if (world.fate('back', pupil.key).chance(COMES_BACK)) await comeBack(world, pupil);
  }
};

const comeBack = async (world: World, pupil: Pupil): Promise<void> => {
  if (world.today >= '2026-07-01') return;
  const opened = await openCase(world, {
    does: 'markBackAtSchool',
    type: 'ResumptionInput',
    pupil,
    input: { resumeGrade: 'CORRESPONDING_GRADE', returnedOn: world.today },
    effect: { status: 'IN_SCHOOL' },
  });
  if (opened) {
    delete pupil.days.goneOn;
    delete pupil.days.busy;
  }
};
