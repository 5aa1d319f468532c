import type { RunningService } from '#libs/platform/service/start.ts';
import { type Heads, type SettleOptions, settled } from './settled.ts';

const areEqual = (one: Heads, other: Heads): boolean =>
  [...one].every(([source, head]) => other.get(source) === head);

/**
 * Waits until the whole network has nothing left to do: events have arrived everywhere, and every worker has done what
 * the business clock brought. What a worker does may be an event for another, so it looks until nothing new was told.
 */
export const atRest = async (services: readonly RunningService[], options: SettleOptions): Promise<void> => {
  for (let before = await settled(services, options); ; ) {
    await Promise.all(services.map((service) => service.atRest()));
    const after = await settled(services, options);
    if (areEqual(before, after)) return;
    before = after;
  }
};
