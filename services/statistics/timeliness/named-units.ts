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

const live = `timeliness_cell c where c.width = 1 and
  ((c.measure = 'BECAME_OVERDUE' and c.day = $1::date) or (c.measure = 'OVERDUE' and c.day < $2::date))`;
const issued = `issued_cell c where c.width = 1 and c.month = $1::date and $2::date is not null
  and c.measure in ('BECAME_OVERDUE', 'OVERDUE')`;

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
    `select distinct c.place, coalesce(u.unit, c.place::text) as unit
     from (select c.place from ${version.kind === 'ISSUED' ? issued : live}
             and c.place between $3 and $4 and ($5::bigint is null or c.place > $5)) c
     left join timeliness_unit u on u.place = c.place
     order by c.place limit $6`,
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
