import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { openCase } from '../world/case-work.ts';
import { schoolDesks } from '../world/desks.ts';
import { paper } from '../world/papers.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf, isBeforePromotion, isFree, lastGradeOf, schoolYearOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

const STAYS_AWAY = 0.12;
const EARLY = 0.1;

/** Suspended pupils come back when their time is over, some earlier; some are not heard of. */
export const actor: Actor = {
  name: 'resumptions',
  at: '09:50',
  act: async (day, world) => {
    if (isBeforePromotion(day)) return;
    const suspended = world.roster.all().filter(({ status }) => status === 'SUSPENDED');
    await world.each(
      suspended.filter((pupil) => isFree(world, pupil) && comesBack(world, pupil)),
      (pupil) => ask(world, pupil),
    );
  },
};

/** The same lot every day: who stays away stays away. */
const comesBack = (world: World, pupil: Pupil): boolean => {
  const random = world.fate(pupil.key);
  if (random.chance(STAYS_AWAY)) return false;
  const until = pupil.days.suspendedUntil ?? world.today;
  return world.today >= (random.chance(EARLY) ? addDays(until, -60) : addDays(until, -7));
};

const ask = async (world: World, pupil: Pupil): Promise<void> => {
  const { registrar } = schoolDesks(pupil.school);
  const random = world.random(pupil.key);
  const year = schoolYearOf(world.today);
  const left = schoolYearOf(pupil.days.suspendedFrom ?? world.today);
  const hasPassed = gradeOf(world, pupil) > lastGradeOf(world, pupil);
  const isOriginal = hasPassed || random.chance(0.5);
  const papers = [
    ...(await paper(world, registrar, 'APPLICATION_FORM', pupil.key, null)),
    ...(await paper(world, registrar, 'FITNESS_CERTIFICATE', pupil.key)),
  ];
  await openCase(world, {
    does: 'requestResumption',
    type: 'ResumptionInput',
    allows: ['CASE_ALREADY_RUNNING'],
    pupil,
    papers,
    effect: {
      status: 'IN_SCHOOL',
      entryYearAdj: isOriginal ? pupil.entryYearAdj + (year - left) : pupil.entryYearAdj,
    },
    input: { resumeGrade: isOriginal ? 'ORIGINAL_GRADE' : 'CORRESPONDING_GRADE', returnedOn: world.today },
  });
};
