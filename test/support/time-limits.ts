import { addEventHandler, type Event, type State } from 'jest-circus';

/** Milliseconds that a test or hook may take unless it says otherwise. */
const USUAL = process.env.TEST_SIZE === 'long' ? 1_800_000 : 60_000;

type Work = { fn?: unknown; timeout?: number | null };

/** What a declaration has just added to its block. */
const added = (event: Event, { currentDescribeBlock: { tests, hooks } }: State): Work | undefined => {
  if (event.name === 'add_test') return tests.at(-1);
  return event.name === 'add_hook' ? hooks.at(-1) : undefined;
};

const within = async (work: () => unknown, limit: number): Promise<void> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Not done after ${limit} ms`)), limit);
  try {
    await Promise.race([work(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** The runner knows no limits of time: a test or hook that hangs fails here, as it would in Jest's own. */
addEventHandler((event, state) => {
  const each = added(event, state);
  if (typeof each?.fn !== 'function') return;
  const work = each.fn as () => unknown;
  const limit = each.timeout ?? USUAL;
  each.fn = () => within(work, limit);
});
