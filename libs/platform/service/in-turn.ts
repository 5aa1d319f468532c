import type { Log } from '../log/log.ts';
import { describe } from './loop.ts';

/**
 * One step of a loop out of several kinds of work, one step of each in turn; true when there may be more of any. Work that
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
        if (await step()) more = true;
      } catch (error) {
        failed.push({ error });
        log.warn({ work, error: describe(error) }, 'work of a loop failed');
      }
    }
    const [first] = failed;
    if (first !== undefined && !more) throw first.error;
    return more;
  };
