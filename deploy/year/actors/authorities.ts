import type { Actor } from '../actor.ts';
import type { CaseNote } from '../world/case-notes.ts';
import { decideStep, desksAt, handleStep } from '../world/case-work.ts';
import type { World } from '../world/world.ts';

const PUTS_OFF = 0.15;
const TOO_EARLY = 0.05;
const WITHOUT_REASON = 0.05;
const RETURNS = 0.06;
const REFUSES = 0.02;

/** Counties, cities and the province work on the cases whose turn is theirs: a registrar handles, somebody else decides. */
export const actor: Actor = {
  name: 'authorities',
  at: '16:00',
  act: async (_, world) => {
    const places = world.cases.places().filter((place) => world.shared.plan.tree.find(place) !== undefined);
    await world.each(places, async (place) => {
      for (const note of world.cases.waitingAt(new Set([place]))) await workOn(world, note);
    });
  },
};

const current = (world: World, note: CaseNote): CaseNote | undefined =>
  world.cases.waitingAt(new Set([note.turn])).find(({ id }) => id === note.id);

const workOn = async (world: World, note: CaseNote): Promise<void> => {
  const random = world.random(note.kind, note.pupil.key);
  if (random.chance(PUTS_OFF)) return;
  const { registrar, head } = desksAt(world, note.turn);
  if (random.chance(TOO_EARLY))
    await decideStep(world, head, note, 'APPROVE', { expects: ['STEP_NOT_HANDLED'], reason: '同意' });
  await handleStep(world, registrar, note);
  const handled = current(world, note);
  if (handled === undefined) return;
  if (!handled.wasReturned && random.chance(RETURNS)) {
    if (random.chance(WITHOUT_REASON))
      await decideStep(world, head, handled, 'RETURN', { expects: ['DECISION_REASON_MISSING'] });
    await decideStep(world, head, handled, 'RETURN', { reason: '缺少证明材料' });
  } else if (random.chance(REFUSES)) {
    await decideStep(world, head, handled, 'REFUSE', { reason: '情况不符' });
  } else await decideStep(world, head, handled, 'APPROVE', { reason: '经核实，同意' });
};
