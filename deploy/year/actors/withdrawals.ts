import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { openCase } from '../world/case-work.ts';
import { schoolDesks } from '../world/desks.ts';
import { paper } from '../world/papers.ts';
import type { Pupil } from '../world/roster.ts';
import { someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

const MONTHLY = 0.0012;
const NO_APPLICATION = 0.2;

/** Senior pupils who leave school on their families' request, and compulsory ones for whom it is asked in vain (ENR-53, ENR-54). */
export const actor: Actor = {
  name: 'withdrawals',
  at: '09:45',
  act: async (day, world) => {
    if (!isFirstOf(world.shared.days, day) || ['07', '08'].includes(day.slice(5, 7))) return;
    const isIn = (pupil: Pupil, stage: string) => pupil.status === 'IN_SCHOOL' && pupil.stage === stage;
    await world.each(
      someOf(world, MONTHLY, (pupil) => isIn(pupil, 'SENIOR'), 1),
      (pupil) => ask(world, pupil),
    );
    for (const pupil of someOf(world, 0, (each) => isIn(each, 'JUNIOR'), 1)) await forbidden(world, pupil);
  },
};

const orderOf = (world: World, pupil: Pupil) => ({
  does: 'requestWithdrawal',
  type: 'WithdrawalInput',
  pupil,
  input: { ground: 'GUARDIAN_REQUEST', formalitiesOn: world.today },
  effect: { status: 'WITHDRAWN' as const },
});

const ask = async (world: World, pupil: Pupil): Promise<void> => {
  if (world.random(pupil.key).chance(NO_APPLICATION) && world.isShanxiLaw(pupil.school))
    await openCase(world, { ...orderOf(world, pupil), expects: ['WITHDRAWAL_APPLICATION_MISSING'] });
  const papers = await paper(world, schoolDesks(pupil.school).registrar, 'APPLICATION_FORM', pupil.key, null);
  await openCase(world, { ...orderOf(world, pupil), papers });
};

const forbidden = async (world: World, pupil: Pupil): Promise<void> => {
  const papers = await paper(world, schoolDesks(pupil.school).registrar, 'APPLICATION_FORM', pupil.key, null);
  await openCase(world, { ...orderOf(world, pupil), papers, expects: ['WITHDRAWAL_FORBIDDEN_COMPULSORY'] });
};
