import type { MikroORM } from '@mikro-orm/postgresql';
import type { IsoDate } from '#libs/law/dates.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import { Promotion, TermCalendar } from '../entities.ts';
import { lawPlaceOfLine } from '../law/place-of-line.ts';
import type { Registry } from '../queries.ts';
import { type Calendar, calendarFor } from './calendar.ts';

/** The calendar that holds in a region for a school year; null for a region that has no unit. */
export const findCalendar = async (
  orm: MikroORM,
  registry: Registry,
  { region, schoolYear, on }: { region: string; schoolYear: number; on: IsoDate },
): Promise<Calendar | null> => {
  const line = await registry.line(region);
  if (line.length === 0) return null;
  const codes = line.map((unit) => unit.code);
  const entered = await inScope(orm, emptyScope, async (tx) => ({
    calendars: await tx.find(TermCalendar, { region: { $in: codes }, schoolYear }),
    promotion: await tx.findOne(Promotion, { schoolYear }),
  }));
  return calendarFor(
    { line: codes, schoolYear, on, place: lawPlaceOfLine(line) },
    {
      terms: new Map(entered.calendars.map((row) => [row.region, row.terms])),
      promotion: entered.promotion?.effectiveAt,
    },
  );
};
