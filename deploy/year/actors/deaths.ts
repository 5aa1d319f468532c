import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { openCase } from '../world/case-work.ts';
import { schoolDesks } from '../world/desks.ts';
import { paper } from '../world/papers.ts';
import type { Pupil } from '../world/roster.ts';
import { someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

const MONTHLY = 0.000015;
const MONTHS_WITH_ONE = ['11', '04'];
const WITHOUT_PROOF = 0.3;

/** Deaths, which schools report with their proof (W-16). */
export const actor: Actor = {
  name: 'deaths',
  at: '09:15',
  act: async (day, world) => {
    if (!isFirstOf(world.shared.days, day)) return;
    const atLeast = MONTHS_WITH_ONE.includes(day.slice(5, 7)) ? 1 : 0;
    const died = someOf(world, MONTHLY, ({ status }) => status === 'IN_SCHOOL', atLeast);
    for (const pupil of died) await report(world, pupil);
  },
};

const report = async (world: World, pupil: Pupil): Promise<void> => {
  const order = {
    does: 'reportDeath',
    type: 'DeathInput',
    pupil,
    input: { diedOn: addDays(world.today, -12), knownOn: addDays(world.today, -9) },
    effect: { status: 'CANCELLED' as const },
  };
  if (world.random(pupil.key).chance(WITHOUT_PROOF))
    await openCase(world, { ...order, expects: ['DEATH_PROOF_MISSING'] });
  const papers = await paper(world, schoolDesks(pupil.school).registrar, 'DEATH_CERTIFICATE', pupil.key);
  await openCase(world, { ...order, papers });
};
