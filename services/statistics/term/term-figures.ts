import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Parts } from '../table/parts.ts';
import { cellDayOf, type TermMeasure, type TermOfYear } from './term.ts';

/** How the checks of a term stand in a unit and below it. */
export type TermFigures = {
  open: number;
  schoolChecked: number;
  countyChecked: number;
  missing: number;
  countiesOpen: number;
  countiesChecked: number;
  countiesMissing: number;
};

type Row = { unit: string; measure: TermMeasure; n: string };

const figuresOf = (rows: readonly Row[]): TermFigures => {
  const countOf = (measure: TermMeasure) => Number(rows.find((row) => row.measure === measure)?.n ?? 0);
  return {
    open: countOf('CHECK_OPEN'),
    schoolChecked: countOf('SCHOOL_CHECKED'),
    countyChecked: countOf('COUNTY_CHECKED'),
    missing: countOf('MISSING'),
    countiesOpen: countOf('COUNTY_OPEN'),
    countiesChecked: countOf('COUNTY_DONE'),
    countiesMissing: countOf('COUNTY_MISSING'),
  };
};

/** Figures of units with everything below them, by their codes; every unit asked about is there. */
export const readTermFigures = async (
  tx: Tx,
  term: TermOfYear,
  { units }: Parts,
): Promise<Map<string, TermFigures>> => {
  const blocks = units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const rows = await query<Row>(
    tx,
    `select part.unit, cell.measure, sum(cell.n) as n
     from unnest($2::text[], $3::bigint[], $4::bigint[]) as part (unit, place, width)
     join term_cell cell using (place, width) where cell.day = $1::date group by 1, 2`,
    [
      cellDayOf(term),
      blocks.map(({ unit }) => unit),
      blocks.map(({ place }) => place),
      blocks.map(({ width }) => width),
    ],
  );
  const byUnit = Map.groupBy(rows, ({ unit }) => unit);
  return new Map(units.map(({ unit }) => [unit, figuresOf(byUnit.get(unit) ?? [])]));
};
