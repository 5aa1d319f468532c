import type { Pupil } from '../world/roster.ts';
import type { World } from '../world/world.ts';

export type TransferKind = 'IN_PROVINCE_TRANSFER' | 'CROSS_PROVINCE_TRANSFER' | 'CROSS_PROVINCE_STUDY';

/** How the people of a case will end it, as far as it is theirs. */
export type Course =
  | 'APPROVE'
  /** The sending school refuses for a lawful reason; in study, which does not ask it, the county of the graduating school. */
  | 'REFUSE'
  /** The receiving authority refuses for a lawful reason. */
  | 'REFUSED_THERE'
  | 'WITHDRAW'
  /** Nobody does anything more: purged after ninety days. */
  | 'FORGET'
  | 'LEAVE_DRAFT'
  /** An authority sleeps past its ten working days before it approves. */
  | 'SLEEP'
  /** Everybody approves, and the pupil never comes. */
  | 'NEVER_REPORTS'
  /** Everybody approves and the pupil comes, and the school forgets to call up the file. */
  | 'CALLS_TOO_LATE';

/** A case as those who work on it know it. */
export type TransferNote = {
  id: string;
  kind: TransferKind;
  pupil: Pupil;
  /** The school at which the pupil was registered when it began. */
  source: string;
  /** The receiving school, and the unit that is its registry authority. */
  target: string;
  targetAuthority: string;
  /** Where the pupil stands once the registration has moved. */
  stage: Pupil['stage'];
  entryYearAdj: number;
  course: Course;
  /** Number among the cases of its kind, from 0. */
  ordinal: number;
  /** The day on which the case was put together. */
  startsOn: string;
  /** It is filed with the bureau before the start. */
  isFiled: boolean;
  /** The day on which it was. */
  filedOn?: string;
  /** Days before which nobody looks at it: some units are slow. */
  notBefore: string;
  /** What somebody has tried in vain, so that it is tried once. */
  tried: Set<string>;
  /** Parties that have let it lie once. */
  slowed: Set<string>;
};

const key = 'transfers';

/** Cases that have not ended, for all who take part in them. */
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

/** True the first time that it is asked of a note. */
export const isFirstTime = ({ tried }: TransferNote, what: string): boolean => {
  if (tried.has(what)) return false;
  tried.add(what);
  return true;
};
