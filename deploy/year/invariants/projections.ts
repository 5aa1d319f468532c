import { rebuild } from '#libs/platform/events/rebuild.ts';
import { recount } from '#services/statistics/recount.ts';
import type { Invariant } from './invariant.ts';

/**
 * Every read model is what its sources' logs make it: run again from the first event beside the one in service, it comes
 * out the same, and the cells of statistics are what its pupils make them.
 */
export const projections: Invariant = async ({ shared: { registry } }) => {
  const told: string[] = [];
  for (const { name, core, projections: all } of registry.services) {
    for (const projection of all.filter(({ tables }) => tables.length > 0)) {
      const { different, parked } = await rebuild({
        worker: core.worker,
        workerUrl: core.config.WORKER_DATABASE_URL,
        bus: core.bus,
        log: core.log,
        projection,
        compareOnly: true,
      });
      for (const table of different)
        told.push(`${name}: ${projection.name} rebuilt is another than the one in service (${table})`);
      if (parked > 0)
        told.push(`${name}: ${parked} events could not be applied when ${projection.name} was rebuilt`);
    }
  }
  const cells = await recount(registry.service('statistics').core.worker);
  return cells.length === 0
    ? told
    : [...told, `statistics: ${cells.length} counts are not what the pupils make them`];
};
