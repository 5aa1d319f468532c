import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { NEVER } from '../stock/cell-rows.ts';
import type { Parts } from '../table/parts.ts';
import { singlesIn } from '../table/singles-in.ts';
import type { Direction } from './flow-cells.ts';
import type { FlowKind } from './kinds.ts';
import type { FlowQuestion } from './question.ts';

/** How many of a kind went into a unit, out of it or about in it. */
export type FlowCount = {
  unit: string;
  kind: FlowKind;
  direction: Direction;
  stage: string;
  gender: string;
  n: number;
  /** By day and place in the grades, where a table tells grades apart. */
  grade?: { day: string; entryYearAdj: number; lastGrade: number; frozenAt: string | null };
};

type Row = Omit<FlowCount, 'n' | 'grade'> & {
  n: string;
  day?: string;
  entryYearAdj?: number;
  lastGrade?: number;
  frozenAt?: Date | string | null;
};

const graded = `, day::text, entry_year_adj as "entryYearAdj", last_grade as "lastGrade",
  nullif(frozen_at, '${NEVER}') as "frozenAt"`;

const kept = `day between $1 and $2 and ($3::text is null or kind = $3) and ($4::text is null or stage = $4)
  and ($5::text is null or gender = $5)`;

const what = (byGrade: boolean): string =>
  `kind, direction, stage, gender, sum(n) as n ${byGrade ? graded : ''}`;
const grouped = (byGrade: boolean): string =>
  `group by unit, kind, direction, stage, gender ${byGrade ? ', day, entry_year_adj, last_grade, frozen_at' : ''}`;

const ofUnits = (byGrade: boolean): string => `
  select part.unit, ${what(byGrade)}
  from unnest($6::text[], $7::bigint[], $8::bigint[]) as part (unit, place, width)
  join flow_cell using (width, place) where ${kept} ${grouped(byGrade)}`;

/** A school that is not known here yet is listed under its place. */
const ofSchools = (byGrade: boolean): string => `
  select unit, ${what(byGrade)} from (
    select coalesce((select min(code) from school_ref where school_ref.place = cell.place), cell.place::text) as unit,
           cell.*
    from ${singlesIn('flow_cell', 6, kept)}) as cell
  ${grouped(byGrade)}`;

const countOf = ({ day, entryYearAdj, lastGrade, frozenAt, ...row }: Row): FlowCount => ({
  ...row,
  n: Number(row.n),
  ...(day !== undefined &&
    entryYearAdj !== undefined &&
    lastGrade !== undefined && {
      grade: {
        ...{ day, entryYearAdj, lastGrade },
        frozenAt: frozenAt ? new Date(frozenAt).toISOString() : null,
      },
    }),
});

/** Flows of a period in the parts of a scope, as far as the transaction may see them. */
export const readFlows = async (
  tx: Tx,
  { units, schoolsIn }: Parts,
  { from, to, by, filter }: FlowQuestion,
): Promise<FlowCount[]> => {
  const byGrade = by.includes('GRADE');
  const asked = [from, to, filter.kind ?? null, filter.stage ?? null, filter.gender ?? null];
  const blocks = units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const rows = await query<Row>(tx, ofUnits(byGrade), [
    ...asked,
    blocks.map(({ unit }) => unit),
    blocks.map(({ place }) => place),
    blocks.map(({ width }) => width),
  ]);
  const ofOwn =
    schoolsIn.length === 0
      ? []
      : await query<Row>(tx, ofSchools(byGrade), [
          ...asked,
          schoolsIn.map(({ lo }) => lo),
          schoolsIn.map(({ hi }) => hi),
        ]);
  return [...rows, ...ofOwn].map(countOf);
};
