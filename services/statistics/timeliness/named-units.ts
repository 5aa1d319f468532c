import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import { noFigures, readFigures, type UnitFigures } from './figures.ts';
import type { Version } from './version.ts';

type Row = { place: string; unit: string };

const wanted = 'c.width = 1 and c.place between $3 and $4 and ($5::bigint is null or c.place > $5)';
const inOrder = 'order by c.place limit $6';

/** Each part is read along an index of its own: units that became late in the month, and those that are late by now. */
const live = `
  (select c.place from timeliness_cell c
   where c.measure = 'BECAME_OVERDUE' and c.day = $1::date and ${wanted} ${inOrder})
  union
  (select distinct c.place from timeliness_cell c
   where c.measure = 'OVERDUE' and c.day < $2::date and ${wanted} ${inOrder})`;
const issued = `
  select distinct c.place from issued_cell c
  where c.measure in ('BECAME_OVERDUE', 'OVERDUE') and c.month = $1::date and $2::date is not null and ${wanted} ${inOrder}`;

/** The schools and authorities that did not decide in time, each by itself and by name (STA-01), in the order of the tree. */
export const namedUnits = async (
  tx: Tx,
  version: Version,
  range: PlaceRange,
  page: PageArguments,
): Promise<Connection<UnitFigures>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, 1);
  const rows = await query<Row>(
    tx,
    `select c.place, coalesce(u.unit, c.place::text) as unit
     from (${version.kind === 'ISSUED' ? issued : live}) c left join timeliness_unit u on u.place = c.place ${inOrder}`,
    [version.firstDay, version.lastDay, range.lo, range.hi, after?.[0] ?? null, size + 1],
  );
  const ranges = rows.map(({ place }) => ({ lo: Number(place), hi: Number(place) }));
  const figures = await readFigures(tx, version, { units: [], schoolsIn: ranges });
  const byUnit = new Map(figures.map((each) => [each.unit, each]));
  return connectionOf(
    rows,
    size,
    page.after,
    ({ place }) => [Number(place)],
    ({ unit }) => byUnit.get(unit) ?? { unit, ...noFigures },
  );
};
