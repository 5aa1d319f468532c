import { addDays } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import { execute, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { countedNow } from './quantities.ts';

/** Writes of each quantity what has changed since the last day that was kept: what is not written stands as it was. */
const keep = `
  with now as (${countedNow('true')}),
  changed as (
    select place, width, name, coalesce(now.n, 0) as n from now full join monitor_last last using (place, width, name)
    where coalesce(now.n, 0) <> coalesce(last.n, 0)),
  kept as (
    insert into monitor_last select place, width, name, n from changed
    on conflict (place, width, name) do update set n = excluded.n)
  insert into monitor_day (day, place, width, name, n) select $1::date, place, width, name, n from changed
  on conflict (place, width, name, day) do update set n = excluded.n`;

/**
 * Keeps the monitored quantities of every unit once a day, as they stand when the day is over (STA-09); by whichever process
 * comes first. True where it kept a day.
 */
export const keepDay = async ({ worker, clock }: Pick<ServiceCore, 'worker' | 'clock'>): Promise<boolean> => {
  enforces('STA-09');
  const yesterday = addDays(clock.today(), -1);
  return asWorker(worker, async (tx) => {
    const { last } = await queryOne<{ last: string | null }>(
      tx,
      'select last_day::text as last from monitor_turn where id = 1 for update',
    );
    if (last !== null && last >= yesterday) return false;
    await execute(tx, keep, [yesterday]);
    await execute(tx, 'update monitor_turn set last_day = $1 where id = 1', [yesterday]);
    return true;
  });
};

/** Follows the calendar. */
export const startMonitor = (core: ServiceCore): Loop =>
  until({ name: 'monitored quantities', log: core.log, idle: 10_000, step: () => keepDay(core) });
