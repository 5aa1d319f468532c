import type { Log } from '../log/log.ts';
import { describe } from './loop.ts';

/** Steps of one kind of work before the next has its turn. */
const most = 20;

const drain = async (step: () => Promise<boolean>): Promise<boolean> => {
  if (!(await step())) return false;
  for (let done = 1; done < most; done++) if (!(await step())) break;
  return true;
};

/**
 * One step of a loop out of several kinds of work, some steps of each in turn; true when there may be more of any. Work that
 * throws is told by its name and holds up none of the others; it is thrown on once the others have nothing left to do, so
 * that the loop slows down and is not idle.
 */
export const inTurn =
  (log: Log, works: Readonly<Record<string, () => Promise<boolean>>>): (() => Promise<boolean>) =>
  async () => {
    const failed: { error: unknown }[] = [];
    let more = false;
    for (const [work, step] of Object.entries(works)) {
      try {
        if (await drain(step)) more = true;
      } catch (error) {
        failed.push({ error });
        log.warn({ work, error: describe(error) }, 'work of a loop failed');
      }
    }
    const [first] = failed;
    if (first !== undefined && !more) throw first.error;
    return more;
  };
