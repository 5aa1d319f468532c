import { type BenchRegistry, benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { dayBefore, startsAt } from './day.ts';
import { leaveLateSlip } from './late-slip.ts';

declare global {
  // What Jest's global setup hands to its global teardown: the two share nothing else.
  var browserRegistry: BenchRegistry | undefined;
}

const pupils = 2_000;

/** Before all browser tests: a registry as `npm start` runs it, with demo data and a slip of the day before; its addresses in TEST_REGISTRY. */
export default async function globalSetup(): Promise<void> {
  const order = { folder: benchFolder('browser'), fresh: true, scale: pupils, processes: false };
  const registry = await startRegistry({ ...order, startsAt: dayBefore }, new AbortController().signal);
  globalThis.browserRegistry = registry;
  await leaveLateSlip((identity) => registry.as(identity), dayBefore.slice(0, 10));
  await registry.question('moveTo', { instant: startsAt });
  process.env.TEST_REGISTRY = JSON.stringify(registry.ready);
}
