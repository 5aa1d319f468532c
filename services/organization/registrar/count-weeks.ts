import { AccountWeekCounted } from '#libs/contracts/events/registrar.ts';
import { calendarWeekOf } from '#libs/law/account/weekly-login.ts';
import { addDays, endOfDay, type IsoDate } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Schools and units of one transaction. */
const AT_ONCE = 200;

/** Use of the accounts of one school or unit in a calendar week. */
type UnitWeek = {
  workplace: string;
  place: string;
  province: string;
  accounts: number;
  due: number;
  used: number;
  missed: number;
  neverUsed: number;
  sealed: number;
};

/** The week that is counted next, and after which place; this transaction alone counts until it ends. */
const turn = (tx: Tx): Promise<{ week: IsoDate | null; after: string }> =>
  queryOne(
    tx,
    'select week_from::text as week, after_place as after from account_use_turn where id = 1 for update',
  );

const goOn = (tx: Tx, week: IsoDate, after: number) =>
  execute(tx, 'update account_use_turn set week_from = $1, after_place = $2 where id = 1', [week, after]);

/** Accounts that were open at the end of the week, of the next schools and units in the order of the tree. */
const countedAfter = (
  tx: Tx,
  { from, to }: { from: IsoDate; to: IsoDate },
  after: number,
): Promise<UnitWeek[]> =>
  query(
    tx,
    `with open as (
       select registrar_id, workplace, place, province, coalesce(sealed_at < $3, false) as sealed from registrar
       where activated_at < $3 and (replaced_at is null or replaced_at >= $3) and place > $4),
     next as (select distinct place from open order by place limit $5)
     select o.workplace, o.place, o.province, count(*)::int as accounts,
       count(w.registrar_id)::int as due, count(*) filter (where w.missed)::int as missed,
       count(*) filter (where exists (select from login_day l
         where l.registrar_id = o.registrar_id and l.day between $1::date and $2::date))::int as used,
       count(*) filter (where not exists (select from login_day l
         where l.registrar_id = o.registrar_id and l.day <= $2::date))::int as "neverUsed",
       count(*) filter (where o.sealed)::int as sealed
     from next join open o using (place)
     left join account_week w on w.registrar_id = o.registrar_id and w.week_from = $1::date
     group by o.workplace, o.place, o.province order by o.place, o.workplace`,
    [from, to, endOfDay(to).toISOString(), after, AT_ONCE],
  );

/** Whether an account is still to be looked at, so that its week is not known yet. */
const isWaiting = async (tx: Tx, today: IsoDate): Promise<boolean> => {
  const { waits } = await queryOne<{ waits: boolean }>(
    tx,
    'select exists (select from registrar where next_check_on <= $1) as waits',
    [today],
  );
  return waits;
};

/**
 * Tells how the accounts of schools and units were used in a calendar week, once it is over and every account was looked
 * at: numbers alone, of nobody by name (ACC-11, STA-02). Begins with the week in which it first runs. True when there may
 * be more.
 */
export const countWeeks = async (
  core: Pick<ServiceCore, 'worker' | 'clock' | 'wakeRelay'>,
): Promise<boolean> => {
  enforces('ACC-11');
  const today = core.clock.today();
  const at = core.clock.now();
  const more = await asWorker(core.worker, async (tx) => {
    const { week, after } = await turn(tx);
    if (week === null) {
      await goOn(tx, calendarWeekOf(today).from, -1);
      return false;
    }
    const to = addDays(week, 6);
    if (to >= today || (await isWaiting(tx, today))) return false;
    const units = await countedAfter(tx, { from: week, to }, Number(after));
    await recordEvents(
      tx,
      at,
      units.map(({ place, ...unit }) =>
        recorded(AccountWeekCounted, `account-use:${unit.workplace}:${week}`, 1, {
          ...{ ...unit, place: Number(place), weekFrom: week },
        }),
      ),
    );
    const last = units.at(-1);
    const places = new Set(units.map(({ place }) => place)).size;
    if (last !== undefined && places === AT_ONCE) await goOn(tx, week, Number(last.place));
    else await goOn(tx, addDays(week, 7), -1);
    return true;
  });
  if (more) core.wakeRelay();
  return more;
};
