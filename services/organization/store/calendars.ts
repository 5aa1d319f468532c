import { PromotionSet, TermCalendarSet } from '#libs/contracts/events/organization.ts';
import { beijing } from '#libs/platform/clock/clock.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { Terms } from '../calendar/terms.ts';
import { lockSetting } from './number-series.ts';

export type CalendarWrite = { region: string; schoolYear: number; terms: Terms; version: number };
export type PromotionWrite = { schoolYear: number; effectiveAt: Date; version: number };

/** Writes calendars and tells of each: aggregate `calendar:<region>:<year>`. */
export const saveCalendars = async (
  tx: Tx,
  calendars: readonly CalendarWrite[],
  at: string,
): Promise<void> => {
  await insertRows(
    tx,
    'term_calendar',
    [
      ['region', 'text'],
      ['school_year', 'int'],
      ['terms', 'jsonb'],
      ['version', 'int'],
    ],
    calendars.map((each) => [each.region, each.schoolYear, JSON.stringify(each.terms), each.version]),
    'on conflict (region, school_year) do update set terms = excluded.terms, version = excluded.version',
  );
  await recordEvents(
    tx,
    at,
    calendars.map(({ version, ...calendar }) =>
      recorded(TermCalendarSet, `calendar:${calendar.region}:${calendar.schoolYear}`, version, calendar),
    ),
  );
};

/** Writes promotions and tells of each: aggregate `promotion:<year>`, the year that the promotion begins. */
export const savePromotions = async (
  tx: Tx,
  promotions: readonly PromotionWrite[],
  at: string,
): Promise<void> => {
  await insertRows(
    tx,
    'promotion',
    [
      ['school_year', 'int'],
      ['effective_at', 'timestamptz'],
      ['version', 'int'],
    ],
    promotions.map((each) => [each.schoolYear, each.effectiveAt.toISOString(), each.version]),
    'on conflict (school_year) do update set effective_at = excluded.effective_at, version = excluded.version',
  );
  await recordEvents(
    tx,
    at,
    promotions.map(({ schoolYear, effectiveAt, version }) =>
      recorded(PromotionSet, `promotion:${schoolYear}`, version, {
        schoolYear,
        effectiveAt: beijing(effectiveAt.getTime()),
      }),
    ),
  );
};

/** Version of the calendar of a region and year, locked; 0 where none was set. */
export const lockCalendar = async (tx: Tx, region: string, schoolYear: number): Promise<number> => {
  await lockSetting(tx, `calendar:${region}:${schoolYear}`);
  const [row] = await query<{ version: number }>(
    tx,
    'select version from term_calendar where region = $1 and school_year = $2',
    [region, schoolYear],
  );
  return row?.version ?? 0;
};

/** Promotion into a school year as it was entered, locked; undefined where none was. */
export const lockPromotion = async (
  tx: Tx,
  schoolYear: number,
): Promise<{ version: number; effectiveAt: Date } | undefined> => {
  await lockSetting(tx, `promotion:${schoolYear}`);
  const [row] = await query<{ version: number; at: Date | string }>(
    tx,
    'select version, effective_at as at from promotion where school_year = $1',
    [schoolYear],
  );
  return row && { version: row.version, effectiveAt: new Date(row.at) };
};
