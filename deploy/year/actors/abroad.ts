import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { openCase } from '../world/case-work.ts';
import { schoolDesks } from '../world/desks.ts';
import { paper } from '../world/papers.ts';
import type { Pupil } from '../world/roster.ts';
import { gradeOf, isBeforePromotion, isFree, lastGradeOf, someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

const MONTHLY = 0.0001;
const FORGETS_DOCUMENT = 0.2;
const COMES_BACK = 0.6;
const AWAY_FOR = 120;

/** Pupils who go abroad to study, and some of them back (W-17). */
export const actor: Actor = {
  name: 'abroad',
  at: '09:20',
  act: async (day, world) => {
    if (isBeforePromotion(day)) return;
    await world.each(
      world.roster
        .all()
        .filter((pupil) => pupil.status === 'ABROAD' && isFree(world, pupil) && isBack(world, pupil)),
      (pupil) => comeBack(world, pupil),
    );
    if (!isFirstOf(world.shared.days, day)) return;
    await world.each(
      someOf(world, MONTHLY, ({ status }) => status === 'IN_SCHOOL', 1),
      (pupil) => leave(world, pupil),
    );
  },
};

const leave = async (world: World, pupil: Pupil): Promise<void> => {
  const order = {
    does: 'markAbroad',
    type: 'AbroadInput',
    pupil,
    input: { leavesOn: world.today },
    effect: { status: 'ABROAD' as const, days: { abroadOn: world.today } },
  };
  if (world.random(pupil.key).chance(FORGETS_DOCUMENT))
    await openCase(world, { ...order, expects: ['ABROAD_DOCUMENT_MISSING'] });
  const papers = await paper(
    world,
    schoolDesks(pupil.school).registrar,
    'TRAVEL_DOCUMENT',
    pupil.key,
    'NATION',
  );
  await openCase(world, { ...order, papers });
};

const isBack = (world: World, pupil: Pupil): boolean =>
  world.fate(pupil.key).chance(COMES_BACK) &&
  world.today >= addDays(pupil.days.abroadOn ?? world.today, AWAY_FOR) &&
  gradeOf(world, pupil) <= lastGradeOf(world, pupil);

const comeBack = async (world: World, pupil: Pupil): Promise<void> => {
  const papers = await paper(world, schoolDesks(pupil.school).registrar, 'STUDY_RECORD', pupil.key, 'NATION');
  await openCase(world, {
    does: 'markReturned',
    type: 'ReturnInput',
    pupil,
    papers,
    input: { returnedOn: world.today, grade: gradeOf(world, pupil) },
    effect: { status: 'IN_SCHOOL' },
  });
};
