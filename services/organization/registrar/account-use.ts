import { accountUsed } from '#libs/contracts/commands/account-used.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

type Use = { registrar: string; day: string };

/** Notes that an open account was used on a day; a day that is noted already, or has not come, changes nothing. */
export const noteUse = (
  core: Pick<ServiceCore, 'worker' | 'clock'>,
  { registrar, day }: Use,
): Promise<void> =>
  asWorker(core.worker, async (tx) => {
    if (day > core.clock.today()) return;
    await execute(
      tx,
      `with noted as (
         insert into login_day (registrar_id, day, place)
         select registrar_id, $2::date, place from registrar
         where registrar_id = $1 and activated_at is not null and sealed_at is null and replaced_at is null
         on conflict do nothing returning registrar_id)
       update registrar set last_used_on = greatest(last_used_on, $2::date)
       where registrar_id in (select registrar_id from noted)`,
      [registrar, day],
    );
  });

/** Hears from every service which accounts are in use (ACC-10, ACC-13). */
export const hearAccountUse = (core: ServiceCore): Promise<Stop> =>
  answerTo(core.bus, accountUsed, async (use) => {
    await noteUse(core, use);
    return {};
  });
