import type { IsoDate } from '#libs/law/dates.ts';
import type { World } from './world/world.ts';

/**
 * Somebody who takes part in the year. Each lives in a file of its own under actors/ that exports it as `actor`; a new
 * file there is a new actor, and nothing else has to know of it.
 */
export type Actor = {
  /** Short and unique; it stands in what is told of it. */
  name: string;
  /** Time of the day at which the actor acts, `hh:mm`; those of one time go in the order of their names. */
  at: string;
  /**
   * Does what the actor would do on this day, through the graph alone. What earlier actors of the day did has taken
   * effect everywhere before it begins.
   */
  act(day: IsoDate, world: World): Promise<void>;
};
