import { Envelope } from '#libs/contracts/envelope.ts';
import type { Arrived } from '../bus/bus.ts';
import type { Logged } from './log.ts';

/** What came over the stream and waits for its turn. */
export type Arrivals = {
  /** Keeps an event; false when it cannot be kept (queue full, not readable): the log has it in any case. */
  add(arrived: Arrived): boolean;
  /** The longest run that follows `position`, at most `most`. */
  runAfter(position: number, most: number): Logged[];
  /** Drops what is not newer than `position` and returns it in order. */
  passed(position: number): Logged[];
  isEmpty(): boolean;
  clear(): void;
};

/** @param most events kept at once; of what comes beyond, the log is read */
export const createArrivals = (source: string, most: number): Arrivals => {
  const queue = new Map<number, Logged>();
  return {
    add: ({ seq, event }) => {
      if (queue.size >= most && !queue.has(seq)) return false;
      const readable = Envelope.safeParse(event);
      if (!readable.success || readable.data.source !== source) return false;
      queue.set(seq, { seq, event });
      return true;
    },
    runAfter: (position, longest) => {
      const run: Logged[] = [];
      for (let seq = position + 1; run.length < longest; seq++) {
        const arrived = queue.get(seq);
        if (arrived === undefined) break;
        run.push(arrived);
      }
      return run;
    },
    passed: (position) => {
      const gone = [...queue.values()].filter((entry) => entry.seq <= position);
      for (const { seq } of gone) queue.delete(seq);
      return gone.sort((one, other) => one.seq - other.seq);
    },
    isEmpty: () => queue.size === 0,
    clear: () => queue.clear(),
  };
};
