import type { Pupil } from './roster.ts';
import type { World } from './world.ts';

/** The school year that runs on a day: the promotion is on 10 August, 24:00. */
export const schoolYearOf = (day: string): number =>
  Number(day.slice(0, 4)) - (day.slice(5) < '08-11' ? 1 : 0);

/**
 * The weeks before the promotion, in which no grade is asked for: whether a request is approved before or after it would
 * decide about the grade.
 */
export const isBeforePromotion = (day: string): boolean => day.slice(5) >= '06-09' && day.slice(5) <= '08-11';

/** Grade of the own stage on the day, by the classmates. */
export const gradeOf = ({ today }: World, { entryYearAdj }: Pupil): number =>
  Math.max(1, schoolYearOf(today) - entryYearAdj + 1);

/** The last grade of the stage at the pupil's school. */
export const lastGradeOf = ({ shared: { plan } }: World, { school, stage }: Pupil): number => {
  const span = plan.schools.find(({ code }) => code === school)?.stages.find((each) => each.stage === stage);
  return span === undefined ? 6 : span.lastYear - span.firstYear + 1;
};

/** Nothing else runs about the pupil, and nobody is told elsewhere that the pupil is away. */
export const isFree = (world: World, pupil: Pupil): boolean =>
  !world.cases.isRunning(pupil) && pupil.days.busy === undefined;

/** In school, and neither in the first nor in the last grade: these are closed for a part of the year (TRF-14). */
export const isInMiddle = (world: World, pupil: Pupil): boolean =>
  pupil.status === 'IN_SCHOOL' &&
  gradeOf(world, pupil) > 1 &&
  gradeOf(world, pupil) < lastGradeOf(world, pupil);

/**
 * Pupils whom chance meets on this day, each by a lot of its own, in the order of their keys. At least one in a year is
 * met even in a small province: the first of the draw, when `atLeast` says so.
 */
export const someOf = (
  world: World,
  share: number,
  isMeant: (pupil: Pupil) => boolean,
  atLeast = 0,
): Pupil[] => {
  const meant = world.roster.all().filter((pupil) => isMeant(pupil) && isFree(world, pupil));
  const random = world.random('lots');
  const met = meant.filter(() => random.chance(share));
  for (let more = met.length; more < atLeast && meant.length > met.length; more++) {
    const one = meant[random.between(0, meant.length - 1)];
    if (one !== undefined && !met.includes(one)) met.push(one);
  }
  return met;
};
