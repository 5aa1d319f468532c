import type { Actor } from '../actor.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf, isFree, lastGradeOf, someOf } from '../world/sampling.ts';
import { apply, schoolsFor } from '../world/transfer-application.ts';
import type { World } from '../world/world.ts';

/** Shares of pupils who want to move: most in the first days of a term, a few in any other week. */
const IN_WINDOW = 0.004;
const ELSE = 0.0002;

const isWindow = (day: string): boolean =>
  (day.slice(5) >= '09-01' && day.slice(5) <= '09-15') ||
  (day.slice(5) >= '03-01' && day.slice(5) <= '03-15');
const isStop = (day: string): boolean => day.slice(5) >= '07-15' && day.slice(5) <= '08-14';

/** Families move house within the province and apply at another school (TRF-05); in the summer stop in vain (TRF-08). */
export const actor: Actor = {
  name: 'transfers',
  at: '10:20',
  act: async (day, world) => {
    if (isStop(day)) {
      for (const pupil of candidates(world, 0, 1))
        await apply(world, pupil, { expects: ['TRANSFER_INITIATION_SUSPENDED'] });
      return;
    }
    const share = isWindow(day) ? IN_WINDOW : ELSE;
    const pupils = candidates(world, share, isWindow(day) ? 1 : 0);
    for (const [nth, pupil] of pupils.entries()) {
      if (nth === 0 && isWindow(day))
        await apply(world, pupil, {
          bare: true,
          expects: ['REASON_PROOF_MISSING', 'GUARDIAN_APPLICATION_MISSING'],
        });
      await apply(world, pupil);
    }
  },
};

/** Neither first nor last grade: these are closed for a part of the year (TRF-14). */
const candidates = (world: World, share: number, atLeast: number): Pupil[] =>
  someOf(
    world,
    share,
    (pupil) =>
      pupil.status === 'IN_SCHOOL' &&
      pupil.stage !== 'SENIOR' &&
      gradeOf(world, pupil) > 1 &&
      gradeOf(world, pupil) < lastGradeOf(world, pupil) &&
      isFree(world, pupil) &&
      schoolsFor(world, pupil).length > 0,
    atLeast,
  );
