import { addDays } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { keptBy, readHeard } from './closed-months.ts';
import { afterMonth, eachDay, monthBefore, monthOf } from './months.ts';
import { STOCK_SOURCES } from './sources.ts';

/** What adds up to a day: a month that is kept (null: none is, yet) and the days after it. */
export type Days = { month: string | null; days: string[] };

/**
 * What to add up for the end of a day: the last month kept that was over by then and the days since, at most those of one
 * month where every source has told of the month before.
 */
export const daysUpTo = async (tx: Tx, day: string): Promise<Days> => {
  const kept = keptBy(await readHeard(tx), STOCK_SOURCES.length);
  if (kept === undefined || day < kept.first) return { month: null, days: [] };
  const over = monthBefore(addDays(day, 1));
  const month = kept.closed !== null && kept.closed < over ? kept.closed : over;
  if (kept.closed === null || month < monthOf(kept.first))
    return { month: null, days: eachDay(kept.first, day) };
  return { month, days: eachDay(afterMonth(month), day) };
};
