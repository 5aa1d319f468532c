import { startOfDay } from '#libs/law/dates.ts';
import { requireValue } from '#libs/law/resolve.ts';
import { lastDayOf, type Month, monthOf, monthsFrom } from '#libs/law/statistics/timeliness.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { hasArrived } from '../arrived.ts';
import { MINISTRY } from '../enrollment-statistics.ts';
import { endOfDay } from '../stock/months.ts';
import { stockProjection } from '../stock/projection.ts';
import { nameOf } from './cells.ts';
import { type Figures, nationOn, readFigures } from './figures.ts';
import { protect } from './protect.ts';
import { publishedMonths, savePublication, type TableContent } from './publication-rows.ts';
import { dimensionsOf, linesOf, PUBLISHED_TABLES } from './tables.ts';

/** The month to be published next, if it is over: the one after the last, or the first of all. */
const monthDue = async (core: ServiceCore): Promise<{ month: Month; isFirst: boolean } | undefined> => {
  const [last] = await asWorker(core.worker, (tx) => publishedMonths(tx, { size: 1 }));
  const today = monthOf(core.clock.today());
  const month = monthsFrom(last?.month ?? today, last === undefined ? -1 : 1);
  return month < today ? { month, isFirst: last === undefined } : undefined;
};

const tablesOf = async ({ outline, counts }: Figures, threshold: number): Promise<TableContent[]> => {
  const shown = await protect(outline, counts, threshold);
  return outline.units
    .filter(({ detail }) => detail === 'ALL')
    .flatMap((unit) =>
      PUBLISHED_TABLES.map((name): TableContent => {
        const dimensions = dimensionsOf(name);
        const rows = linesOf(outline, name, unit).map(({ keys, cell }) => {
          const values = new Map(keys);
          const { count, roundedTo } = shown(nameOf(cell));
          return [dimensions.map((dimension) => values.get(dimension) ?? ''), count, roundedTo] as const;
        });
        return { name, scope: unit.id, rows };
      }),
    );
};

/** One at a time: figures are counted beforehand, and stand for the month of which they were. */
const takeTurn = 'select id from publication_turn where id = 1 for update';

/**
 * Publishes the tables of a month that is over, as of its end, once every event of it has arrived: from then on they stand, with
 * what of them is hidden (STA-08). The first month is one that anybody was registered in. True when there may be another.
 */
export const publishNext = async (core: ServiceCore): Promise<boolean> => {
  const due = await monthDue(core);
  if (due === undefined) return false;
  const { month, isFirst } = due;
  const end = startOfDay(`${monthsFrom(month, 1)}-01`);
  if (!(await hasArrived(core, stockProjection, end))) return false;
  const day = lastDayOf(month);
  if (isFirst && (await nationOn(core, day)) === 0) return false;
  const figures = await readFigures(core, day);
  if (figures === undefined) return false;
  const threshold = requireValue('smallCellThreshold', { province: MINISTRY }, day);
  const tables = await tablesOf(figures, threshold);
  return asWorker(core.worker, async (tx) => {
    await query(tx, takeTurn);
    const [last] = await publishedMonths(tx, { size: 1 });
    if (last !== undefined && last.month >= month) return false;
    await savePublication(tx, { month, asOf: endOfDay(day), publishedAt: core.clock.now() }, tables);
    return true;
  });
};

/** Follows the calendar. */
export const startPublisher = (core: ServiceCore): Loop =>
  until({ name: 'published tables', log: core.log, idle: 10_000, step: () => publishNext(core) });
