import type { Logged } from '#libs/platform/events/log.ts';

/**
 * The latest events of one log by what they are about: whose they are, never what they say. Contiguous, from some number
 * on up to the latest.
 */
export type History = {
  /** Number of the oldest event that is known; the next one where none is. */
  first(): number;
  /** Forgets everything: the next event is the one after `last`. */
  restart(last: number): void;
  /** Takes the next events, in order. */
  append(entries: readonly Logged[]): void;
  /** Takes older events that end right before the oldest known one, as far as there is room for them. */
  prepend(entries: readonly Logged[]): void;
  /** How many events of a topic come after a number; only numbers from `first() - 1` on are known. */
  countAfter(topic: string, seq: number): number;
};

/** Whose event it is: the aggregate that it tells of. What cannot be read is nobody's. */
export const topicOf = ({ event }: Logged): string => {
  const subject: unknown = (event as { subject?: unknown } | null)?.subject;
  return typeof subject === 'string' ? subject : '';
};

/** Position of the first number above `seq` in ascending numbers. */
const firstAfter = (numbers: readonly number[], seq: number): number => {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** @param most events kept; a tenth more for a moment */
export const createHistory = (most: number): History => {
  let oldest = 1;
  let topics: string[] = [];
  let numbers = new Map<string, number[]>();

  const index = (topic: string, seq: number): void => {
    const known = numbers.get(topic);
    if (known) known.push(seq);
    else numbers.set(topic, [seq]);
  };

  const rebuild = (first: number, kept: string[]): void => {
    oldest = first;
    topics = kept;
    numbers = new Map();
    for (const [at, topic] of kept.entries()) index(topic, first + at);
  };

  const keep = (first: number, all: string[]): void => {
    const excess = Math.max(0, all.length - most);
    rebuild(first + excess, all.slice(excess));
  };

  return {
    first: () => oldest,
    restart: (last) => rebuild(last + 1, []),
    append: (entries) => {
      for (const entry of entries) {
        index(topicOf(entry), oldest + topics.length);
        topics.push(topicOf(entry));
      }
      if (topics.length > most * 1.1) keep(oldest, topics);
    },
    prepend: (entries) => keep(oldest - entries.length, [...entries.map(topicOf), ...topics]),
    countAfter: (topic, seq) => {
      const known = numbers.get(topic) ?? [];
      return known.length - firstAfter(known, seq);
    },
  };
};
