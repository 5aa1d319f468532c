import { checkpointOf } from '#libs/platform/events/checkpoint.ts';
import { fetchLog } from '#libs/platform/events/fetch-log.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { parkedOf } from '#libs/platform/events/unpark.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/**
 * True when every event before an instant has taken effect in a projection: the next one to come is later, or there is none, and
 * none is set aside. A service that does not answer may have some: what is made of them waits for it.
 */
export const hasArrived = async (
  { worker, bus }: Pick<ServiceCore, 'worker' | 'bus'>,
  projection: Projection,
  before: Date,
): Promise<boolean> => {
  if ((await parkedOf(worker, projection)).length > 0) return false;
  for (const source of projection.sources) {
    const { seq } = await checkpointOf(worker, projection.name, source);
    const page = await fetchLog(bus, source, seq).catch(() => undefined);
    if (page === undefined || page.entries.some(({ event }) => new Date(event.time) < before)) return false;
  }
  return true;
};
