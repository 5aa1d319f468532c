import { directoryProjection } from '#libs/platform/directory/projection.ts';
import { checksum, rebuild } from '#libs/platform/events/rebuild.ts';
import { recount } from '#services/statistics/recount.ts';
import type { YearRegistry } from '../registry.ts';
import type { Invariant } from './invariant.ts';

/**
 * Every read model is what its sources' logs make it: run again from the first event beside the one in service, it comes
 * out the same, and the cells of statistics are what its pupils make them. The directory, which every service keeps, is
 * compared among all, and run again in one when the year is over.
 */
export const projections: Invariant = async ({ shared: { registry, days }, today }) => {
  const isEnd = (days.at(-1) ?? '').slice(0, 7) === today.slice(0, 7);
  const cells = await recount(registry.service('statistics').core.worker);
  return [
    ...(await rebuilt(registry, isEnd)),
    ...(await directories(registry)),
    ...(cells.length === 0 ? [] : [`statistics: ${cells.length} counts are not what the pupils make them`]),
  ];
};

const rebuilt = async ({ services }: YearRegistry, isEnd: boolean): Promise<string[]> => {
  const told: string[] = [];
  for (const { name, core, projections: all } of services) {
    const own = all.filter(
      (each) =>
        each.tables.length > 0 &&
        (each.name !== directoryProjection.name || (isEnd && name === 'statistics')),
    );
    for (const projection of own) {
      const { worker, bus, log, config } = core;
      const options = {
        worker,
        workerUrl: config.WORKER_DATABASE_URL,
        bus,
        log,
        projection,
        compareOnly: true,
      };
      const { different, parked } = await rebuild(options);
      for (const table of different)
        told.push(`${name}: ${projection.name} rebuilt is another than the one in service (${table})`);
      if (parked > 0)
        told.push(`${name}: ${parked} events could not be applied when ${projection.name} was rebuilt`);
    }
  }
  return told;
};

const directories = async ({ services }: YearRegistry): Promise<string[]> => {
  const sums = await Promise.all(services.map(({ core }) => checksum(core.worker, directoryProjection)));
  return new Set(sums).size === 1 ? [] : ['services keep directories that are not the same'];
};
