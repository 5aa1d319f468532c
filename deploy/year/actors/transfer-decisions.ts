import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { type TransferNote, transferNotes } from '../world/transfer-notes.ts';
import { doStep, followUp, withdraw } from '../world/transfer-work.ts';
import type { World } from '../world/world.ts';

/** In so many of a hundred steps somebody lets the term run out. */
const SLOW = 0.08;

/**
 * Schools and authorities work off the transfers whose turn is theirs, some late; families take applications back; and
 * those whose registrations have moved are pupils of the other school from then on.
 */
export const actor: Actor = {
  name: 'transfer-decisions',
  at: '14:10',
  act: async (_, world) => {
    for (const note of [...transferNotes(world)]) await work(world, note);
    await world.rest();
    for (const note of [...transferNotes(world)]) await followUp(world, note);
  },
};

const work = async (world: World, note: TransferNote): Promise<void> => {
  const seen = await followUp(world, note);
  if (seen === null || note.notBefore > world.today) return;
  if (note.course === 'FORGET' || note.course === 'LEAVE_DRAFT') return;
  if (note.course === 'WITHDRAW' && seen.state === 'AUTHORITIES_REVIEW') return withdraw(world, note, seen);
  const step = seen.steps.find(({ decision }) => decision === null);
  if (step === undefined) return;
  if (!note.slowed.has(step.party) && world.fate('slow', note.pupil.key, step.party).chance(SLOW)) {
    note.slowed.add(step.party);
    note.notBefore = addDays(world.today, 21);
    return;
  }
  await doStep(world, note, seen, step);
};
