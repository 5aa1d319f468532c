import { asWorker } from '#libs/platform/database/scope.ts';
import { directoryProjection } from '#libs/platform/directory/projection.ts';
import { checksum, rebuild } from '#libs/platform/events/rebuild.ts';
import { unbalancedIn } from '#services/statistics/conservation/unbalanced.ts';
import { recount } from '#services/statistics/recount.ts';
import { recountDays } from '#services/statistics/recount-days.ts';
import type { YearRegistry } from '../registry.ts';
import type { Invariant } from './invariant.ts';

/** A read model is run again from the first event in every so many months, and at the end. */
const REBUILT_EVERY = 4;

/**
 * Every read model is what its sources' logs make it: run again from the first event beside the one in service, it comes
 * out the same. Every month the pupils of statistics are those of the registers, the cells are what the pupils make them,
 * and the directories of all services are the same.
 */
export const projections: Invariant = async ({ shared: { registry, days }, today }) => {
  const months = [...new Set(days.map((day) => day.slice(0, 7)))];
  const nth = months.indexOf(today.slice(0, 7)) + 1;
  const isEnd = nth === months.length;
  const { worker } = registry.service('statistics').core;
  const cells = await recount(worker);
  const past = await recountDays(worker);
  return [
    ...(isEnd || nth % REBUILT_EVERY === 0 ? await rebuilt(registry, isEnd) : []),
    ...(await directories(registry)),
    ...(await pupils(registry)),
    ...(cells.length === 0 ? [] : [`statistics: ${cells.length} counts are not what the pupils make them`]),
    ...(await incidents(registry)),
    ...(await balance(registry, days[0] ?? today, today)),
    ...(past.length === 0 ? [] : [`statistics: ${past.length} blocks are not what their days add up to`]),
  ];
};

const wholeNation = { lo: 0, hi: 99_999_999_999 };
const fewSchools = 12;

/** Opening + in - out = closing since the first day, of the nation and some schools, pupil by pupil: flows tell what counts do. */
const balance = async (registry: YearRegistry, from: string, to: string): Promise<string[]> => {
  const { worker } = registry.service('statistics').core;
  const schools = await registry.rows<{ place: string }>(
    'statistics',
    `select source_place as place from flow_case where kind = 'TRANSFER' group by 1 order by count(*) desc, 1 limit ${fewSchools}`,
  );
  const ranges = [wholeNation, ...schools.map(({ place }) => ({ lo: Number(place), hi: Number(place) }))];
  const told: string[] = [];
  for (const range of ranges) {
    const cases = await asWorker(worker, (tx) => unbalancedIn(tx, range, { from, to }));
    for (const { imbalance, enrollment } of cases)
      told.push(`statistics: registration ${enrollment} does not balance at ${range.lo} (${imbalance})`);
  }
  return told;
};

/** Differences that the nightly recounts found against the owners and that are still there. */
const incidents = async (registry: YearRegistry): Promise<string[]> => {
  const open = await registry.rows<{ kind: string; cause: string; n: number }>(
    'statistics',
    'select kind, cause, count(*)::int as n from count_incident where settled_at is null group by 1, 2 order by 1, 2',
  );
  return open.map(
    ({ kind, cause, n }) => `statistics: ${n} incidents of the recount are open (${kind}, ${cause})`,
  );
};

type Known = { person: string; known: string };

const present = `select distinct on (person_id) person_id as person,
    concat_ws(' ', school, stage, entry_year_adj, status) as known
  from enrollment order by person_id, active desc, registered_at desc, enrollment_id desc`;
const counted = `select person_id as person, concat_ws(' ', school, stage, entry_year_adj, status) as known
  from pupil where enrollment is not null`;

const pupils = async (registry: YearRegistry): Promise<string[]> => {
  const own = new Map(
    (await registry.rows<Known>('enrollment', present)).map(({ person, known }) => [person, known]),
  );
  const seen = await registry.rows<Known>('statistics', counted);
  const others = seen.filter(({ person, known }) => own.get(person) !== known).length;
  const missing = own.size - seen.length;
  return [
    ...(others > 0 ? [`statistics: ${others} pupils are others than in the registers`] : []),
    ...(missing !== 0 ? [`statistics: ${missing} pupils of the registers are missing`] : []),
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
