import { verifyAudit } from '#deploy/audit/verify.ts';
import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import type { Anchor } from '#libs/platform/audit/chain.ts';
import { query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { directoryProjection } from '#libs/platform/directory/projection.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { rebuild } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { numberContext } from '#services/identity/person/claim-key.ts';
import { schoolRegistrations } from '#services/organization/registrations.ts';
import { recount } from '#services/statistics/recount.ts';
import { stockProjection } from '#services/statistics/stock/projection.ts';
import { ticketProjection } from '#services/statistics/tickets/projection.ts';
import { timelinessProjection } from '#services/statistics/timeliness/projection.ts';
import { until } from '#test/events/support/checks.ts';
import type { Acknowledged } from './load.ts';
import type { KillableRegistry } from './registry.ts';

/** Everything that can be made anew from the logs, by the service that keeps it. */
const projections: readonly (readonly [ServiceName, Projection])[] = [
  ...SERVICES.map((service) => [service, directoryProjection] as const),
  ['organization', schoolRegistrations],
  ['statistics', stockProjection],
  ['statistics', timelinessProjection],
  ['statistics', ticketProjection],
];

/** What must be so whenever nothing is on its way; each answer names what is not. */
export const invariantsOf = (registry: KillableRegistry) => {
  const anchors = new Map<ServiceName, Anchor>();

  const rows = <Row>(service: ServiceName, text: string): Promise<Row[]> =>
    asWorker(registry.inside(service).worker, (tx) => query<Row>(tx, text));

  const count = async (service: ServiceName, text: string): Promise<number> => {
    const { n } = await asWorker(registry.inside(service).worker, (tx) =>
      queryOne<{ n: string }>(tx, `select count(*) as n from ${text}`),
    );
    return Number(n);
  };

  /** Numbers of the logs: events that wait, and how far each consumer has come. */
  const underWay = async (): Promise<string[]> => {
    const heads = new Map<string, number>();
    const left: string[] = [];
    for (const service of SERVICES) {
      const [{ seq, published } = { seq: '0', published: '0' }] = await rows<{
        seq: string;
        published: string;
      }>(service, 'select c.seq, p.seq as published from event_counter c, event_published p');
      heads.set(service, Number(seq));
      if (Number(published) < Number(seq)) left.push(`${service} publishes`);
      if ((await count(service, 'outbox')) > 0) left.push(`outbox of ${service}`);
      if ((await count(service, 'read_audit where seal is null')) > 0) left.push(`lines of ${service}`);
    }
    for (const service of SERVICES)
      for (const { consumer, source, seq } of await rows<{ consumer: string; source: string; seq: string }>(
        service,
        'select consumer, source, seq from inbox_checkpoint',
      ))
        if (Number(seq) < (heads.get(source) ?? 0)) left.push(`${consumer} of ${service} < ${source}`);
    return left;
  };

  const faultsOfLogs = async (): Promise<string[]> => {
    const faults: string[] = [];
    for (const service of SERVICES) {
      const gaps = await count(
        service,
        `(select version, row_number() over (partition by aggregate_id order by seq) as expected,
                 seq, row_number() over (order by seq) as nth from event_log) as line
         where version <> expected or seq <> nth`,
      );
      const lost = await count(
        service,
        'event_counter where seq <> (select coalesce(max(seq), 0) from event_log)',
      );
      if (gaps + lost > 0) faults.push(`log of ${service}: ${gaps} gaps, ${lost} numbers lost`);
      const parked = await count(service, 'inbox_parked');
      if (parked > 0) faults.push(`${service} has parked ${parked} events`);
    }
    return faults;
  };

  const faultsOfPersons = async (acknowledged: readonly Acknowledged[]): Promise<string[]> => {
    const persons = await count('identity', 'person where registered');
    const current = await rows<{ person: string; sealed: Buffer }>(
      'identity',
      `select person_id as person, sealed from student_number where state = 'ACTIVE'`,
    );
    const numbers = new Set(
      current.map(({ person, sealed }) => registry.sealing.open(sealed, numberContext(person))),
    );
    const claimed = await count('identity', 'number_claim');
    const figures = {
      acknowledged: new Set(acknowledged.map(({ person }) => person)).size,
      persons,
      current: current.length,
      numbers: numbers.size,
      claimed,
    };
    return new Set(Object.values(figures)).size === 1 ? [] : [`persons: ${JSON.stringify(figures)}`];
  };

  const faultsOfRegistrations = async (acknowledged: readonly Acknowledged[]): Promise<string[]> => {
    const kept = await rows<{ id: string; active: boolean; told: number }>(
      'enrollment',
      `select e.person_id || '.' || e.enrollment_id as id, e.active, (select count(*)::int from event_log l
         where l.aggregate_id = e.person_id::text and l.type = 'EnrollmentRegistered') as told from enrollment e`,
    );
    const ids = new Set(acknowledged.map(({ enrollment }) => enrollment));
    const persons = new Set(kept.map(({ id }) => id.split('.')[0]));
    const wrong = {
      acknowledgedTwice: acknowledged.length - ids.size,
      lost: [...ids].filter((id) => !kept.some((row) => row.id === id && row.active)).length,
      nobodyAsked: kept.filter(({ id }) => !ids.has(id)).length,
      secondOfAPerson: kept.length - persons.size,
      notToldOnce: kept.filter(({ told }) => told !== 1).length,
      stillOpen: await count('enrollment', `intake where state <> 'REGISTERED'`),
      notCounted: acknowledged.length - (await count('statistics', 'pupil where status is not null')),
    };
    return Object.values(wrong).every((n) => n === 0) ? [] : [`registrations: ${JSON.stringify(wrong)}`];
  };

  const faultsOfProjections = async (): Promise<string[]> => {
    const faults: string[] = [];
    for (const [service, projection] of projections) {
      const { different, parked } = await rebuild({
        ...registry.inside(service),
        bus: registry.bus,
        projection,
        log: silentLog,
        compareOnly: true,
      });
      if (different.length > 0 || parked > 0)
        faults.push(`${projection.name} of ${service}: ${different.join()} other when made anew`);
    }
    const miscounted = await recount(registry.inside('statistics').worker);
    return miscounted.length === 0 ? faults : [...faults, `${miscounted.length} cells miscounted`];
  };

  /** Chains that do not verify, or do not go on from where they stood the last time. */
  const faultsOfAudit = async (): Promise<string[]> => {
    const faults: string[] = [];
    for (const service of SERVICES) {
      const { worker } = registry.inside(service);
      const verdict = await verifyAudit(worker, anchors.get(service));
      anchors.set(service, verdict.anchor);
      if (verdict.faults.length > 0) faults.push(`audit of ${service}: ${JSON.stringify(verdict.faults)}`);
    }
    return faults;
  };

  /** Everybody whose registration was answered with a name is in a line of the access log. */
  const faultsOfTrail = async (acknowledged: readonly Acknowledged[]): Promise<string[]> => {
    const read = await rows<{ person: string }>(
      'identity',
      'select distinct unnest(persons) as person from read_audit where seal is not null',
    );
    const told = new Set(read.map(({ person }) => person));
    const missing = acknowledged.filter(({ person }) => !told.has(person)).length;
    return missing === 0 ? [] : [`${missing} persons were read and no line tells it`];
  };

  return {
    /** Waits until nothing is on its way between the services. */
    settled: () => until('nothing under way', async () => (await underWay()).length === 0, 60_000),
    faults: async (acknowledged: readonly Acknowledged[]): Promise<string[]> => [
      ...registry.fallen().map((service) => `${service} ended by itself`),
      ...(await faultsOfLogs()),
      ...(await faultsOfPersons(acknowledged)),
      ...(await faultsOfRegistrations(acknowledged)),
      ...(await faultsOfProjections()),
      ...(await faultsOfAudit()),
      ...(await faultsOfTrail(acknowledged)),
    ],
  };
};
