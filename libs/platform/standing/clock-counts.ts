import type { MikroORM } from '@mikro-orm/postgresql';
import type { ClockKind, ClocksDue } from '#libs/contracts/commands/standing.ts';
import { singleRow } from '../database/scope.ts';

/**
 * Clocks of one kind of work. `open`: a statement's part from `from` on that yields a row for each step or case that
 * somebody has to see to; `due`: the column of its last day in time; `firm`: true where that day is not provisional.
 */
export type ClockRows = { kind: ClockKind; open: string; due: string; firm?: string };

/** So many rows are counted at most: beyond it the number says that it is as large. */
const most = 100_000;

/** @param today the day in Beijing; a clock is over once its last day has passed. */
export const countClocks = (
  orm: MikroORM,
  clocks: readonly ClockRows[],
  today: string,
): Promise<ClocksDue[]> =>
  Promise.all(
    clocks.map(async ({ kind, open, due, firm = 'true' }) => {
      const row = await singleRow<{ open: string; overdue: string; oldest: string | null }>(
        orm,
        `select (select count(*) from (select 1 ${open} limit ${most}) as counted) as open,
                count(*) as overdue, to_char(min(due), 'YYYY-MM-DD') as oldest
         from (select ${due} as due ${open} and ${firm} and ${due} < $1::date order by ${due} limit ${most}) as late`,
        [today],
      );
      return { kind, open: Number(row.open), overdue: Number(row.overdue), oldest: row.oldest };
    }),
  );
