import { execute } from '#libs/platform/database/query.ts';
import { asWorkerOnce } from '#libs/platform/database/scope.ts';
import { type ServiceRoles, securedForWorkers } from '#libs/platform/database/tables.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** How often within one hour of the clock somebody may name a pupil who is nobody (ours): who types from papers needs few. */
export const MISSES_AN_HOUR = 20;

/** One row for each login that has looked somebody up: the hour, and how often nobody was found in it. */
export const missTables = (roles: ServiceRoles): string[] => [
  `create table transfer_miss (caller text primary key, hour timestamptz not null, misses int not null)`,
  ...securedForWorkers('transfer_miss', roles),
];

type Core = Pick<ServiceCore, 'worker' | 'clock'>;

/** Counts a look-up as a miss before it is made, so that many at once are no more; false where none is left in this hour. */
export const takeMiss = async ({ worker, clock }: Core, caller: string): Promise<boolean> =>
  (await asWorkerOnce(worker, (tx) =>
    execute(
      tx,
      `insert into transfer_miss as m (caller, hour, misses) values ($1, date_trunc('hour', $2::timestamptz), 1)
       on conflict (caller) do update
         set hour = excluded.hour, misses = case when m.hour = excluded.hour then m.misses + 1 else 1 end
         where m.hour <> excluded.hour or m.misses < $3`,
      [caller, clock.now(), MISSES_AN_HOUR],
    ),
  )) === 1;

/** The look-up has found somebody: it was no miss. */
export const giveMissBack = ({ worker }: Core, caller: string): Promise<number> =>
  asWorkerOnce(worker, (tx) =>
    execute(tx, 'update transfer_miss set misses = misses - 1 where caller = $1 and misses > 0', [caller]),
  );
