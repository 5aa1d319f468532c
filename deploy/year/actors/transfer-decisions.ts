import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { afterTheApprovals, followUp, isEnding } from '../transfers/follow.ts';
import { type TransferNote, transferNotes } from '../transfers/notes.ts';
import { type TransferView, withdrawBy } from '../transfers/orders.ts';
import { doStep } from '../transfers/steps.ts';
import { familyOf } from '../world/family.ts';
import type { World } from '../world/world.ts';

/** In so many of a hundred steps somebody lets the term run out. */
const SLOW = 0.08;
const SLEEPS = 28;
/** Days after which nobody knows any more of a case that was left lying. */
const FORGOTTEN = 91;

/**
 * Schools and authorities work off the cases whose turn is theirs, some late; families take applications back; and those whose
 * registrations have moved are pupils of the other school from then on.
 */
export const actor: Actor = {
  name: 'transfer-decisions',
  at: '14:10',
  act: async (_, world) => {
    const ending: TransferNote[] = [];
    const due = transferNotes(world).filter(({ notBefore }) => notBefore <= world.today);
    await world.each(due, async (note) => {
      const after = await work(world, note);
      if (after !== null && isEnding(after)) ending.push(note);
    });
    if (ending.length === 0) return;
    await world.rest();
    await world.each(ending, async (note) => {
      await followUp(world, note);
    });
  },
};

/** The case after today's work on it; null where nobody has moved it. */
const work = async (world: World, note: TransferNote): Promise<TransferView | null> => {
  const seen = await followUp(world, note);
  if (seen === null || seen.state === 'CALL_UP') return seen;
  if (seen.state === 'AWAIT_REPORTING') return afterTheApprovals(world, note, seen);
  if (note.course === 'FORGET' || note.course === 'LEAVE_DRAFT') {
    note.notBefore = addDays(note.startsOn, FORGOTTEN);
    return null;
  }
  if (note.course === 'WITHDRAW' && seen.state === 'AUTHORITIES_REVIEW') return withdraw(world, note, seen);
  const step = seen.steps.find(({ decision }) => decision === null);
  if (step === undefined) return null;
  if (!note.slowed.has(step.party) && isSlow(world, note, step.party)) {
    note.slowed.add(step.party);
    note.notBefore = addDays(world.today, SLEEPS);
    return null;
  }
  return doStep(world, note, seen, step);
};

const isSlow = (world: World, { course, pupil }: TransferNote, party: string): boolean =>
  course === 'SLEEP' ? party === 'SOURCE_AUTHORITY' : world.fate('slow', pupil.key, party).chance(SLOW);

const withdraw = async (
  world: World,
  note: TransferNote,
  seen: TransferView,
): Promise<TransferView | null> => {
  const guardian = await familyOf(world, note.pupil);
  return guardian === undefined ? null : withdrawBy(world, guardian, seen);
};
