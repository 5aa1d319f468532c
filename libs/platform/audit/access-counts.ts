import type { MikroORM } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { AccessCount, accessCountsOf } from '#libs/contracts/commands/access-counts.ts';
import type { Bus, Stop } from '../bus/bus.ts';
import type { Clock } from '../clock/clock.ts';
import { answerTo } from '../commands/internal.ts';
import type { SchemaStep } from '../database/migrate.ts';
import type { Tx } from '../database/orm.ts';
import { query } from '../database/query.ts';
import { asWorker, single } from '../database/scope.ts';

/** Sign-ins that were refused: appended by requests, read by the counting alone. */
export const accessSteps: readonly SchemaStep[] = [
  {
    name: 'platform-002-access-counts',
    statements: ({ app }) => [
      `create index read_audit_at on read_audit (at)`,
      `create table refused_sign_in (
        id uuid primary key, account text not null, workplace text not null, at timestamptz not null)`,
      `create index refused_sign_in_at on refused_sign_in (at)`,
      `revoke select, update, delete on refused_sign_in from ${app}`,
    ],
  },
];

/** Writes down that a filed account was refused at the door. */
export const noteRefusal = (
  orm: MikroORM,
  { account, workplace, at }: { account: string; workplace: string; at: string },
): Promise<unknown> =>
  single(orm, 'insert into refused_sign_in (id, account, workplace, at) values ($1, $2, $3, $4)', [
    uuidv7(),
    account,
    workplace,
    at,
  ]);

type Levels = z.infer<ReturnType<typeof accessCountsOf>['request']>['levels'];
type Counted = Omit<AccessCount, 'from'> & { from: Date };

const hour = 3_600_000;
const hoursAtOnce = 24;
/** An hour is counted a little after it has ended: lines that were under way at its end are there by then. */
const afterwards = 60_000;

const hourOf = (at: number): number => Math.floor(at / hour) * hour;

/** Guardians and systems have no workplace and are not counted; a reading of many at once is told by its largest. */
const countsIn = (tx: Tx, from: number, to: number, levels: Levels): Promise<Counted[]> =>
  query<Counted>(
    tx,
    `with line as (
       select caller as account, unit as workplace, persons, date_trunc('hour', at) as hour from read_audit
       where at >= $1 and at < $2 and unit is not null)
     select account, workplace, 'MASS_READ' as trigger, hour as "from", count(distinct person)::int as count
       from line cross join unnest(persons) as person group by account, workplace, hour
       having count(distinct person) >= $3
     union all
     select account, workplace, 'OFF_HOURS_EXPORT', hour, max(cardinality(persons))::int from line
       where cardinality(persons) > $4 group by account, workplace, hour
     union all
     select account, workplace, 'FAILED_LOGINS', date_trunc('hour', at), count(*)::int from refused_sign_in
       where at >= $1 and at < $2 group by 1, 2, 4 having count(*) >= $5
     order by "from", account, workplace, trigger`,
    [
      ...[new Date(from).toISOString(), new Date(to).toISOString()],
      ...[levels.massReadPersons, levels.exportPersons, levels.refusedSignIns],
    ],
  );

/** The first line that has not been counted. */
const firstAfter = async (tx: Tx, after: string | null): Promise<number | undefined> => {
  const [row] = await query<{ first: Date | null }>(
    tx,
    `select least((select min(at) from read_audit where $1::timestamptz is null or at >= $1),
                  (select min(at) from refused_sign_in where $1::timestamptz is null or at >= $1)) as first`,
    [after],
  );
  return row?.first ? new Date(row.first).getTime() : undefined;
};

type Counting = { service: string; worker: MikroORM; bus: Bus; clock: Clock };

const isCode = (workplace: string): boolean => AccessCount.shape.workplace.safeParse(workplace).success;

/** Answers what accounts did in the hours that have passed, for early warnings (PRV-08). */
export const serveAccessCounts = ({ service, worker, bus, clock }: Counting): Promise<Stop> =>
  answerTo(bus, accessCountsOf(service), ({ after, levels }) =>
    asWorker(worker, async (tx) => {
      const first = await firstAfter(tx, after);
      const passed = hourOf(Date.parse(clock.now()) - afterwards);
      if (first === undefined || hourOf(first) >= passed) return { until: null, counts: [] };
      const from = hourOf(first);
      const to = Math.min(passed, from + hoursAtOnce * hour);
      const counts = await countsIn(tx, from, to, levels);
      return {
        until: new Date(to).toISOString(),
        counts: counts
          .filter(({ workplace }) => isCode(workplace))
          .map((each) => ({ ...each, from: new Date(each.from).toISOString() })),
      };
    }),
  );
