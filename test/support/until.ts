import { setTimeout } from 'node:timers/promises';

/** Milliseconds between two looks, so that what is looked at gets its turn. */
const PAUSE = 4;
/** Milliseconds until it looks again although what it lets happen meanwhile is not over. */
const LONGEST_PAUSE = 50;

export type Looking = {
  /** Milliseconds after which it is given up. */
  within?: number;
  /** What brings it about and is waited for between two looks, though never long: it may wait for the test itself. */
  meanwhile?: () => Promise<unknown>;
};

/** Looks again and again until something is so; throws what it waited for when time is up. */
export const until = async (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { within = 20_000, meanwhile }: Looking = {},
): Promise<void> => {
  const end = performance.now() + within;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Not within ${within} ms: ${what}`);
    await (meanwhile ? Promise.race([meanwhile(), setTimeout(LONGEST_PAUSE)]) : setTimeout(PAUSE));
  }
};
