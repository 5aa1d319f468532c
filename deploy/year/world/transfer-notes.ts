import type { Pupil } from './roster.ts';
import type { World } from './world.ts';

/** How the people of a case will end it, as far as it is theirs. */
export type Course = 'APPROVE' | 'REFUSE' | 'WITHDRAW' | 'FORGET' | 'LEAVE_DRAFT';

/** A transfer as those who work on it know it. */
export type TransferNote = {
  id: string;
  pupil: Pupil;
  /** The receiving school, and the unit that is its registry authority. */
  target: string;
  targetAuthority: string;
  stage: Pupil['stage'];
  entryYearAdj: number;
  course: Course;
  /** Days before which nobody looks at it: some units are slow. */
  notBefore: string;
  /** Somebody has tried to refuse it for a reason that is none. */
  triedIllegally: boolean;
  /** Parties that have let it lie once. */
  slowed: Set<string>;
};

const key = 'transfers';

/** Transfers that have not ended, for all who take part in them. */
export const transferNotes = ({ shared: { memory } }: Pick<World, 'shared'>): TransferNote[] => {
  const known = memory.get(key) as TransferNote[] | undefined;
  if (known !== undefined) return known;
  const made: TransferNote[] = [];
  memory.set(key, made);
  return made;
};

/** A case has ended, or was never begun: its pupil is free for others. */
export const forget = (world: World, note: TransferNote): void => {
  const notes = transferNotes(world);
  notes.splice(notes.indexOf(note), 1);
  delete note.pupil.days.busy;
};
