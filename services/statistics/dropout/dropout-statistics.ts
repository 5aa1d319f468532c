import { addDays, type IsoDate } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import { type LawPlace, lineOf } from '#libs/law/layers.ts';
import { type Term, termsAlong } from '#libs/law/organization/term-calendar.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { blocksOfRange, type PlaceRange } from '../stock/blocks.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { unitsBelow } from '../table/parts.ts';
import { lawOfSchool, lawOfUnit, type TermOfYear, termAsked, termOfYear } from '../term/term.ts';
import type { DropoutMeasure } from './projection.ts';

/** What happened in the dropout ledger of a unit, with everything below it, in its term. */
export type DropoutFigures = {
  opened: number;
  marked: number;
  reported: number;
  cleared: number;
  returned: number;
  stayed: number;
  agedOut: number;
};

/** `from` and `to`: the term of the place with the vacation after it; null where nobody has entered it. */
export type UnitDropouts = DropoutFigures & {
  unit: string;
  name: string | null;
  from: IsoDate | null;
  to: IsoDate | null;
};

export type DropoutStatistics = {
  scope: string;
  term: TermOfYear;
  asOf: string;
  total: UnitDropouts;
  rows: UnitDropouts[];
};

/** A unit or school, where it lies, and the days that count for it. */
type Part = {
  unit: string;
  name: string | null;
  range: PlaceRange;
  from: IsoDate | null;
  to: IsoDate | null;
};

const END_OF_TIME = '9999-12-31';

/** A term counts from its opening to the day before the next one opens, so that each day counts once. */
const daysOf = (terms: readonly Term[], wanted: TermOfYear): Pick<Part, 'from' | 'to'> => {
  const inOrder = terms.toSorted((a, b) => (a.opensOn < b.opensOn ? -1 : 1));
  const at = inOrder.findIndex((term) => {
    const { schoolYear, term: nth } = termOfYear(term);
    return schoolYear === wanted.schoolYear && nth === wanted.term;
  });
  const [term, next] = [inOrder[at], inOrder[at + 1]];
  if (term === undefined) return { from: null, to: null };
  return { from: term.opensOn, to: next === undefined ? END_OF_TIME : addDays(next.opensOn, -1) };
};

type Row = { unit: string; measure: DropoutMeasure; n: string };

const readDropouts = async (tx: Tx, parts: readonly Part[]): Promise<UnitDropouts[]> => {
  const blocks = parts.flatMap((part) =>
    part.from === null ? [] : blocksOfRange(part.range).map((block) => ({ ...part, ...block })),
  );
  const rows = await query<Row>(
    tx,
    `select part.unit, cell.measure, sum(cell.n) as n
     from unnest($1::text[], $2::bigint[], $3::bigint[], $4::date[], $5::date[]) as part (unit, place, width, opens, ends)
     join dropout_cell cell using (place, width) where cell.day between part.opens and part.ends group by 1, 2`,
    [
      ...[blocks.map(({ unit }) => unit), blocks.map(({ place }) => place), blocks.map(({ width }) => width)],
      ...[blocks.map(({ from }) => from), blocks.map(({ to }) => to)],
    ],
  );
  return parts.map(({ range: _, ...part }) => {
    const countOf = (measure: DropoutMeasure) =>
      Number(rows.find((row) => row.unit === part.unit && row.measure === measure)?.n ?? 0);
    return {
      ...part,
      to: part.to === END_OF_TIME ? null : part.to,
      ...{ opened: countOf('OPENED'), marked: countOf('MARKED'), reported: countOf('REPORTED') },
      ...{ cleared: countOf('CLEARED'), returned: countOf('RETURNED'), stayed: countOf('STAYED') },
      agedOut: countOf('AGED_OUT'),
    };
  });
};

/** The sum of rows, for a unit that no one calendar holds for. */
const sumOf = (rows: readonly UnitDropouts[]): DropoutFigures => {
  const sum = (figure: keyof DropoutFigures) => rows.reduce((total, row) => total + row[figure], 0);
  return {
    ...{ opened: sum('opened'), marked: sum('marked'), reported: sum('reported'), cleared: sum('cleared') },
    ...{ returned: sum('returned'), stayed: sum('stayed'), agedOut: sum('agedOut') },
  };
};

/**
 * Entries of the dropout ledger, marks and what came of them, in a term: of a unit and of each one below, every unit by the
 * term of its own place, the nation as the sum of the provinces (STA-07). Throws OUT_OF_JURISDICTION for a scope that is not
 * the caller's own (PRV-12).
 */
export const dropoutStatistics = async (
  core: ServiceCore,
  caller: Actor | null,
  asked: { scope?: string | null; schoolYear: number; term: number },
): Promise<DropoutStatistics> => {
  enforces('STA-07');
  const actor = authorize(caller, 'statistics.read');
  const term = termAsked(asked);
  const { scope, range, own } = await coveredScope(core, actor, asked.scope ?? undefined);
  const units = await core.directory.units();
  const unit = units.get(scope);
  const school = unit === undefined ? await core.directory.school(scope) : undefined;
  const below = unitsBelow(scope, units.values());
  const lawOf = (code: string): LawPlace | undefined => {
    const fact = units.get(code);
    return fact === undefined ? school && lawOfSchool(school) : lawOfUnit(fact, units);
  };
  const laws = [scope, ...below.map(({ code }) => code)].flatMap((code) => lawOf(code) ?? []);
  const entered = await core.directory.termsOf([...new Set(laws.flatMap(lineOf))]);
  const partOf = (code: string, name: string | null, where: PlaceRange): Part => {
    const law = lawOf(code);
    const days =
      law === undefined ? { from: null, to: null } : daysOf(termsAlong(lineOf(law), entered), term);
    return { unit: code, name, range: where, ...days };
  };
  const [whole, ...rows] = await inScope(core.app, { ...own, persons: [] }, (tx) =>
    readDropouts(tx, [
      partOf(scope, unit?.name ?? school?.name ?? null, range),
      ...below.map(({ code, name, lo, hi }) => partOf(code, name, { lo, hi })),
    ]),
  );
  if (whole === undefined) throw new Error('A scope without figures');
  const total = whole.from === null ? { ...whole, ...sumOf(rows) } : whole;
  return { scope, term, asOf: core.clock.now(), total, rows };
};
