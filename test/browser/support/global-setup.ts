import { type BenchRegistry, benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { startsAt } from './day.ts';

declare global {
  // What Jest's global setup hands to its global teardown: the two share nothing else.
  var browserRegistry: BenchRegistry | undefined;
}

const pupils = 2_000;

/** Before all browser tests: a registry as `npm start` runs it, with demo data; its addresses in TEST_REGISTRY. */
export default async function globalSetup(): Promise<void> {
  const order = { folder: benchFolder('browser'), fresh: true, scale: pupils, processes: false, startsAt };
  const registry = await startRegistry(order, new AbortController().signal);
  globalThis.browserRegistry = registry;
  process.env.TEST_REGISTRY = JSON.stringify(registry.ready);
}
