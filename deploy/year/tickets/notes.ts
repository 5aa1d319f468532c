import type { Desk } from '../world/desks.ts';
import type { World } from '../world/world.ts';

/** How the people of a complaint will end it, as far as it is theirs. */
export type Course =
  /** The unit settles it itself. */
  | 'SETTLE'
  /** The technical department asks whom it concerns, and that is enough. */
  | 'VERIFY'
  /** The administrative department orders somebody below to act. */
  | 'SUPERVISE'
  /** The answer is sent back once. */
  | 'SEND_BACK'
  /** The slip is taken back, and the unit settles it itself. */
  | 'WITHDRAW'
  /** Nobody answers the first slip in time: the unit itself has to supervise. */
  | 'SLEEP'
  /** Nor the second: it goes up a level, from where the unit is supervised. */
  | 'SLEEP_TWICE'
  /** The first unit does nothing: the one above settles it. */
  | 'RISE'
  /** Nobody does anything, up to the ministry. */
  | 'FORGET'
  /** The head hands it up, with a reason. */
  | 'HAND_UP'
  /** It goes on in another complaint about the same school. */
  | 'MERGE'
  /** The reporter is not content, and it is taken up again. */
  | 'REOPEN'
  /** Beyond the province: reported to the ministry. */
  | 'REPORT';

/** A complaint as those who work on it know it. */
export type TicketNote = {
  id: string;
  /** Number among the complaints of the year, from 0. */
  ordinal: number;
  course: Course;
  filedOn: string;
  by: Desk;
  /** Words of the reporter that no school must ever be told. */
  reporter: { name: string; phone: string };
  /** The school that it is about, and its province. */
  school: string;
  province: string;
  /** The unit that took it up first. */
  unit: string;
  /** What was done once, or tried in vain. */
  done: Set<string>;
};

const key = 'complaints';

/** Complaints that were filed, for all who take part in them, in the order of filing. */
export const ticketNotes = ({ shared: { memory } }: Pick<World, 'shared'>): TicketNote[] => {
  const known = memory.get(key) as TicketNote[] | undefined;
  if (known !== undefined) return known;
  const made: TicketNote[] = [];
  memory.set(key, made);
  return made;
};

/** True the first time that it is asked of a note. */
export const isFirstTime = ({ done }: TicketNote, what: string): boolean => {
  if (done.has(what)) return false;
  done.add(what);
  return true;
};
