import { lastDayOf, type Month, monthOf } from '#libs/law/statistics/timeliness.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { levelBelow, wholeOf } from '../table/parts.ts';
import { type LevelFigures, noTickets, readTicketFigures, type TicketFigures } from './figures.ts';

export type UnitTickets = TicketFigures & { unit: string; name: string | null };

/** Complaints and slips of a month, and what became of them, of a unit and everything below it. */
export type TicketStatistics = {
  scope: string;
  month: Month;
  asOf: string;
  total: UnitTickets;
  levels: LevelFigures[];
  rows: UnitTickets[];
};

/**
 * How complaints and slips were filed, answered in time or late, left overdue and taken up in a month: of a scope, by the level of
 * the unit that had them, and of each unit one level below (TKT-01, TKT-15). A month that is over shows what is overdue of it
 * still. Throws BAD_USER_INPUT for a month to come, OUT_OF_JURISDICTION for a scope that is not the caller's own (PRV-12).
 */
export const ticketStatistics = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: { month: string; scope?: string | null },
): Promise<TicketStatistics> => {
  const actor = authorize(caller, 'statistics.read');
  const { month } = asked;
  if (month > monthOf(core.clock.today())) {
    throw badInput([
      { path: ['month'], code: 'MONTH_TO_COME', message: '该月尚未开始。 That month has not begun.' },
    ]);
  }
  const { scope, range, own } = await coveredScope(core, actor, asked.scope ?? undefined);
  const units = await core.directory.units();
  const days = { firstDay: `${month}-01`, lastDay: lastDayOf(month) };
  const { whole, below } = await inScope(core.app, { ...own, persons: [] }, async (tx) => ({
    whole: await readTicketFigures(tx, days, wholeOf(scope, range)),
    below: await readTicketFigures(tx, days, levelBelow(scope, range, units.values())),
  }));
  const schools = await core.directory.schoolsOf([scope, ...below.keys()].filter((code) => !units.has(code)));
  const shown = (unit: string, figures: TicketFigures): UnitTickets => ({
    ...figures,
    unit,
    name: units.get(unit)?.name ?? schools.get(unit)?.name ?? null,
  });
  return {
    ...{ scope, month, asOf: core.clock.now() },
    total: shown(scope, whole.get(scope) ?? noTickets),
    levels: whole.get(scope)?.levels ?? [],
    rows: [...below].map(([unit, figures]) => shown(unit, figures)),
  };
};
