import { setTimeout } from 'node:timers/promises';

/** Milliseconds between two looks, so that what is looked at gets its turn. */
const PAUSE = 4;

export type Looking = {
  /** Milliseconds after which it is given up. */
  within?: number;
  /** What is done between two looks; a short pause where nothing else brings it about. */
  meanwhile?: () => Promise<unknown>;
};

/** Looks again and again until something is so; throws what it waited for when time is up. */
export const until = async (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { within = 20_000, meanwhile = () => setTimeout(PAUSE) }: Looking = {},
): Promise<void> => {
  const end = performance.now() + within;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Not within ${within} ms: ${what}`);
    await meanwhile();
  }
};
