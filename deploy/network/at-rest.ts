import type { RunningService } from '#libs/platform/service/start.ts';
import { type SettleOptions, settled } from './settled.ts';

const headsOf = async (services: readonly RunningService[]): Promise<string> =>
  (await Promise.all(services.map(async ({ relay }) => (await relay.head()).seq))).join(' ');

/**
 * Waits until the whole network has nothing left to do: events have arrived everywhere, and every worker has done what
 * the business clock brought. What a worker does may be an event for another, so it looks until nothing new was told.
 */
export const atRest = async (services: readonly RunningService[], options: SettleOptions): Promise<void> => {
  await settled(services, options);
  for (;;) {
    const before = await headsOf(services);
    await Promise.all(services.map((service) => service.atRest()));
    await settled(services, options);
    if ((await headsOf(services)) === before) return;
  }
};
