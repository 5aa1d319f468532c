import { startOfDay } from '#libs/law/dates.ts';
import { type Month, monthsFrom } from '#libs/law/statistics/timeliness.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { checkpointOf } from '#libs/platform/events/checkpoint.ts';
import { fetchLog } from '#libs/platform/events/fetch-log.ts';
import { parkedOf } from '#libs/platform/events/unpark.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { UnitAccounts } from '../accounts/account-use.ts';
import { type AccountFigures, PREFIX, readAccountFigures, weeksOf } from '../accounts/figures.ts';
import { accountProjection } from '../accounts/projection.ts';
import { type PlaceRange, WIDTHS } from '../stock/blocks.ts';
import { levelBelow, type Parts } from '../table/parts.ts';
import type { Version } from './version.ts';

/** The part of the monthly report about accounts: as it was issued, or as it runs until then (STA-02). */
export const accountsIn = (
  tx: Tx,
  { kind, month }: Version,
  parts: Parts,
): Promise<Map<string, AccountFigures>> =>
  readAccountFigures(tx, kind === 'LIVE' ? { kind, weeks: weeksOf(month) } : { kind, month }, parts);

/** The same of the units one level below the scope of a report, and of each school and authority of it. */
export const accountsByUnit = async (
  core: ServiceCore,
  { scope, range, version }: { scope: string; range: PlaceRange; version: Version },
): Promise<UnitAccounts[]> => {
  const units = await core.directory.units();
  const below = levelBelow(scope, range, units.values());
  const figures = await inScope(core.app, { ...range, persons: [] }, (tx) => accountsIn(tx, version, below));
  const schools = await core.directory.schoolsOf([...figures.keys()].filter((code) => !units.has(code)));
  return [...figures].map(([unit, each]) => ({
    ...each,
    unit,
    name: units.get(unit)?.name ?? schools.get(unit)?.name ?? null,
  }));
};

/** Keeps the weeks of a month with its report as it is issued, under the measures of accounts. */
export const issueAccounts = (tx: Tx, month: Month): Promise<unknown> =>
  query(
    tx,
    `insert into issued_cell (month, place, width, measure, day, n)
     select $1::date, place, width, '${PREFIX}' || measure, day, n from account_cell where day between $2::date and $3::date`,
    [`${month}-01`, weeksOf(month).from, weeksOf(month).to],
  );

/** Whether the last week of a month has been counted, where weeks are counted at all. */
const areCounted = async (tx: Tx, month: Month, nation: number): Promise<boolean> => {
  const [known] = await query<{ last: string | null }>(
    tx,
    'select max(day)::text as last from account_cell where place = 0 and width = $1',
    [nation],
  );
  const last = known?.last ?? null;
  return last === null || last >= weeksOf(month).to;
};

/**
 * True when the use of accounts is known to the last week of a month: every event of it has taken effect here, none is set
 * aside, and the week is among them. A service that does not answer may have more: the report waits for it.
 */
export const accountsComplete = async ({ worker, bus }: ServiceCore, month: Month): Promise<boolean> => {
  const end = startOfDay(`${monthsFrom(month, 1)}-01`);
  if ((await parkedOf(worker, accountProjection)).length > 0) return false;
  for (const source of accountProjection.sources) {
    const { seq } = await checkpointOf(worker, accountProjection.name, source);
    const page = await fetchLog(bus, source, seq).catch(() => undefined);
    if (page === undefined || page.entries.some(({ event }) => new Date(event.time) < end)) return false;
  }
  return asWorker(worker, (tx) => areCounted(tx, month, Math.max(...WIDTHS)));
};
