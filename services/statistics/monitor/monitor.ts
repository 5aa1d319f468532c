import type { IsoDate } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Block } from '../stock/blocks.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { levelBelow, type Parts, wholeOf } from '../table/parts.ts';
import { type Counted, countedNow, countedOf } from './quantities.ts';

/** The monitored quantities of a unit, with everything below it. */
export type UnitMonitor = { unit: string; name: string | null; quantities: Counted[] };

export type Monitor = {
  scope: string;
  on: IsoDate;
  /** The day is over and was kept; or they are as they stand now. */
  isKept: boolean;
  asOf: string;
  total: UnitMonitor;
  rows: UnitMonitor[];
};

type Row = { unit: string; name: string; n: string };

const inBlocks = `(place, width) in (select * from unnest($1::bigint[], $2::bigint[]))`;

const live = `
  select part.unit, counted.name, sum(counted.n) as n
  from unnest($3::text[], $1::bigint[], $2::bigint[]) as part (unit, place, width)
  join (${countedNow(inBlocks)}) counted using (place, width) group by 1, 2 order by 2`;

const kept = `
  select part.unit, counted.name, sum(counted.n) as n
  from unnest($3::text[], $1::bigint[], $2::bigint[]) as part (unit, place, width)
  join (select distinct on (place, width, name) place, width, name, n from monitor_day
        where ${inBlocks} and day <= $4::date order by place, width, name, day desc) counted using (place, width)
  group by 1, 2 having sum(counted.n) <> 0 order by 2`;

const readCounted = async (
  tx: Tx,
  { units }: Parts,
  day: IsoDate | null,
): Promise<Map<string, Counted[]>> => {
  const blocks = units.flatMap(({ unit, blocks: own }) =>
    own.map((block): Block & { unit: string } => ({ unit, ...block })),
  );
  const columns = [
    blocks.map(({ place }) => place),
    blocks.map(({ width }) => width),
    blocks.map(({ unit }) => unit),
  ];
  const rows = await query<Row>(tx, day === null ? live : kept, day === null ? columns : [...columns, day]);
  const byUnit = Map.groupBy(rows, ({ unit }) => unit);
  return new Map(
    units.map(({ unit }) => [
      unit,
      (byUnit.get(unit) ?? []).flatMap(({ name, n }) => countedOf(name, Number(n)) ?? []),
    ]),
  );
};

/**
 * The monitored quantities of a scope and of each unit one level below, now or as they stood at the end of a day (STA-09).
 * Throws BAD_USER_INPUT for a day to come, OUT_OF_JURISDICTION for a scope that is not the caller's own (PRV-12).
 */
export const monitor = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: { scope?: string | null; on?: string | null },
): Promise<Monitor> => {
  enforces('STA-09');
  const actor = authorize(caller, 'statistics.read');
  const today = core.clock.today();
  const on = asked.on ?? today;
  if (on > today) {
    throw badInput([{ path: ['on'], code: 'DAY_TO_COME', message: '该日尚未到来。 That day has not come.' }]);
  }
  const { scope, range, own } = await coveredScope(core, actor, asked.scope ?? undefined);
  const units = await core.directory.units();
  const day = on === today ? null : on;
  const { whole, below } = await inScope(core.app, { ...own, persons: [] }, async (tx) => ({
    whole: await readCounted(tx, wholeOf(scope, range), day),
    below: await readCounted(tx, levelBelow(scope, range, units.values()), day),
  }));
  const school = units.has(scope) ? undefined : await core.directory.school(scope);
  const shown = (unit: string, quantities: Counted[]): UnitMonitor => ({
    ...{ unit, quantities, name: units.get(unit)?.name ?? school?.name ?? null },
  });
  return {
    ...{ scope, on, isKept: day !== null, asOf: core.clock.now() },
    total: shown(scope, whole.get(scope) ?? []),
    rows: [...below].map(([unit, quantities]) => shown(unit, quantities)),
  };
};
