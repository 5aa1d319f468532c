import type { UnitFact } from '#libs/contracts/events/organization.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { type PlaceRange, WIDTHS } from '../stock/blocks.ts';
import type { FlowKind } from './kinds.ts';
import type { FlowQuestion } from './question.ts';

/** How many went from one unit or school to another; who lies beyond the scope is told by the unit of its own level. */
export type Move = { origin: string; destination: string; kind: FlowKind; n: number };

type Row = { source: string; target: string; kind: FlowKind; n: string };

const statement = `
  select source_place as source, target_place as target, kind, sum(n) as n from flow_pair
  where width = $1 and day between $2 and $3 and ($4::text is null or kind = $4)
    and (source_place between $5 and $6 or target_place between $5 and $6)
  group by 1, 2, 3`;

const widthOf = ({ lo, hi }: PlaceRange): number => hi - lo + 1;

/** The width of the blocks one level below a range: the widest that are narrower than it; a school is told by itself. */
const widthBelow = (range: PlaceRange): number => WIDTHS.findLast((width) => width < widthOf(range)) ?? 1;

/** The unit that manages a block, or the one that stands at its beginning and manages more. */
const unitAt = (units: readonly UnitFact[], place: number, width: number): string | undefined => {
  const there = units.filter(({ lo }) => lo === place).sort((a, b) => widthOf(b) - widthOf(a));
  return (there.find((unit) => widthOf(unit) <= width) ?? there.at(-1))?.code;
};

const schoolsAt = async (tx: Tx, places: readonly number[]): Promise<Map<number, string>> => {
  const rows = await query<{ place: string; code: string }>(
    tx,
    'select place, min(code) as code from school_ref where place = any($1::bigint[]) group by place',
    [places],
  );
  return new Map(rows.map(({ place, code }) => [Number(place), code]));
};

/** Where pupils of a scope went to and came from in a period: between its parts, and over its border. */
export const readMoves = async (
  tx: Tx,
  range: PlaceRange,
  units: readonly UnitFact[],
  { from, to, filter }: FlowQuestion,
): Promise<Move[]> => {
  const width = widthBelow(range);
  const rows = await query<Row>(tx, statement, [
    ...[width, from, to, filter.kind ?? null],
    ...[range.lo, range.hi],
  ]);
  const places = rows.flatMap(({ source, target }) => [Number(source), Number(target)]);
  const schools = width === 1 ? await schoolsAt(tx, [...new Set(places)]) : new Map<number, string>();
  const codeOf = (place: number): string => {
    const isInside = range.lo <= place && place <= range.hi;
    if (width === 1 && (isInside || widthOf(range) === 1)) return schools.get(place) ?? String(place);
    const shown = isInside ? width : widthOf(range);
    const first = place - (place % shown);
    return unitAt(units, first, shown) ?? String(first);
  };
  const sums = new Map<string, Move>();
  for (const { source, target, kind, n } of rows) {
    const [origin, destination] = [codeOf(Number(source)), codeOf(Number(target))];
    const name = `${origin} ${destination} ${kind}`;
    const sum = sums.get(name) ?? { origin, destination, kind, n: 0 };
    sums.set(name, { ...sum, n: sum.n + Number(n) });
  }
  return [...sums.values()];
};
