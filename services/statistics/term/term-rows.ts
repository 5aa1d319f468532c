import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { addToDayCells } from '../timeliness/cell-rows.ts';
import {
  type CheckState,
  type CountyCheck,
  cellDayOf,
  type TermCheck,
  type TermMeasure,
  type TermOfYear,
} from './term.ts';

type Row = Omit<TermCheck, 'place' | 'window' | 'left' | 'confirmedAt'> & {
  place: string;
  from: string;
  to: string;
  confirmedAt: Date | null;
  problems: number | null;
  unverified: number | null;
  unfinished: number | null;
  withoutRecord: number | null;
};

const columns = `school, school_year as "schoolYear", term, place, authority, province, opens_on::text as "opensOn",
  possible_from::text as "from", closes_on::text as "to", state, confirmed_at as "confirmedAt", note, problems, unverified,
  unfinished, without_record as "withoutRecord", missed_on::text as "missedOn", version`;

const checkOf = ({ place, from, to, confirmedAt, ...row }: Row): TermCheck => {
  const { problems, unverified, unfinished, withoutRecord, ...rest } = row;
  return {
    ...rest,
    place: Number(place),
    window: { from, to },
    confirmedAt: confirmedAt && new Date(confirmedAt).toISOString(),
    left:
      problems === null
        ? null
        : {
            problems,
            unverified: unverified ?? 0,
            unfinished: unfinished ?? 0,
            withoutRecord: withoutRecord ?? 0,
          },
  };
};

/** Checks that a condition picks, within the scope. */
export const checksWhere = async (
  tx: Tx,
  where: string,
  parameters: readonly unknown[],
): Promise<TermCheck[]> =>
  (await query<Row>(tx, `select ${columns} from term_check where ${where}`, parameters)).map(checkOf);

/** A school's check of a term, within the scope; held where it is to be changed. */
export const checkOfSchool = async (
  tx: Tx,
  school: string,
  { schoolYear, term }: TermOfYear,
  hold = false,
): Promise<TermCheck | undefined> => {
  const where = `school = $1 and school_year = $2 and term = $3${hold ? ' for update' : ''}`;
  const [check] = await checksWhere(tx, where, [school, schoolYear, term]);
  return check;
};

type CountyRow = Omit<CountyCheck, 'place'> & { place: string };

/** A county's check of a term, within the scope. */
export const checkOfCounty = async (
  tx: Tx,
  county: string,
  { schoolYear, term }: TermOfYear,
): Promise<CountyCheck | undefined> => {
  const [row] = await query<CountyRow>(
    tx,
    `select county, school_year as "schoolYear", term, place, province, closes_on::text as "closesOn",
       checked_on::text as "checkedOn", missed_on::text as "missedOn"
     from county_check where county = $1 and school_year = $2 and term = $3`,
    [county, schoolYear, term],
  );
  return row && { ...row, place: Number(row.place) };
};

/** What somebody at a place was counted as in a term, and is from now on. */
export type Counted = { place: number; term: TermOfYear; from: TermMeasure | null; to: TermMeasure };

/** Moves schools and counties between the counts of their states, in every block around them. */
export const recount = (tx: Tx, moved: readonly Counted[]): Promise<void> =>
  addToDayCells(
    tx,
    'term_cell',
    moved.flatMap(({ place, term, from, to }) => {
      const day = cellDayOf(term);
      const before = from === null ? [] : [{ place, day, measure: from, n: -1 }];
      return [...before, { place, day, measure: to, n: 1 }];
    }),
  );

/** Moves checks that this transaction holds on to another state, a version later. */
export const moveChecks = async (
  tx: Tx,
  checks: readonly TermCheck[],
  to: CheckState,
  missedOn: string | null = null,
): Promise<void> => {
  await execute(
    tx,
    `update term_check c set state = $4, missed_on = $5::date, version = version + 1
     from unnest($1::text[], $2::int[], $3::int[]) as m (school, school_year, term)
     where c.school = m.school and c.school_year = m.school_year and c.term = m.term`,
    [
      checks.map(({ school }) => school),
      checks.map(({ schoolYear }) => schoolYear),
      checks.map(({ term }) => term),
      to,
      missedOn,
    ],
  );
  await recount(
    tx,
    checks.map((check) => ({ place: check.place, term: check, from: check.state, to })),
  );
};
