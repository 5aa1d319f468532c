import type { OrgLevel, TicketKind } from '#libs/contracts/vocabulary.ts';
import type { TicketClock } from '#libs/law/ticket/clocks.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import type { Parts } from '../table/parts.ts';

/** What became of tickets of one kind. */
export type KindFigures = {
  kind: TicketKind;
  filed: number;
  answeredInTime: number;
  answeredLate: number;
  overdue: number;
  escalated: number;
};

/** What a unit, everything below it, or all units of a level have to show for a month; of all kinds together and of each. */
export type TicketFigures = Omit<KindFigures, 'kind'> & {
  /** The earliest last day in time among what is overdue. */
  oldestDueOn: string | null;
  byKind: KindFigures[];
  missedByClock: { clock: TicketClock; count: number }[];
};

/** The days of the month that is asked about. */
export type MonthDays = { firstDay: string; lastDay: string };

type Row = { of: string; measure: string; n: string; oldest: string | null };

const KINDS: readonly TicketKind[] = ['COMPLAINT', 'ISSUE', 'VERIFICATION', 'SUPERVISION', 'REPORT'];
const MISSED = 'MISSED:';

const none = { filed: 0, answeredInTime: 0, answeredLate: 0, overdue: 0, escalated: 0 };

export const noTickets: TicketFigures = { ...none, oldestDueOn: null, byKind: [], missedByClock: [] };

const kindIn = (rows: readonly Row[], kind: TicketKind): KindFigures => {
  const countOf = (what: string) => Number(rows.find(({ measure }) => measure === `${what}:${kind}`)?.n ?? 0);
  return {
    kind,
    filed: countOf('FILED'),
    answeredInTime: countOf('IN_TIME'),
    answeredLate: countOf('LATE'),
    overdue: countOf('OVERDUE'),
    escalated: countOf('ESCALATED'),
  };
};

const sumOf = (kinds: readonly KindFigures[], figure: Exclude<keyof KindFigures, 'kind'>): number =>
  kinds.reduce((sum, each) => sum + each[figure], 0);

const figuresOf = (rows: readonly Row[]): TicketFigures => {
  const kinds = KINDS.map((kind) => kindIn(rows, kind));
  const overdue = rows.filter(({ measure }) => measure.startsWith('OVERDUE:'));
  return {
    filed: sumOf(kinds, 'filed'),
    answeredInTime: sumOf(kinds, 'answeredInTime'),
    answeredLate: sumOf(kinds, 'answeredLate'),
    overdue: sumOf(kinds, 'overdue'),
    escalated: sumOf(kinds, 'escalated'),
    oldestDueOn: overdue.flatMap(({ oldest }) => oldest ?? []).toSorted()[0] ?? null,
    byKind: kinds.filter(({ kind, ...figures }) => Object.values(figures).some((count) => count > 0)),
    missedByClock: rows
      .filter(({ measure }) => measure.startsWith(MISSED))
      .map(({ measure, n }) => ({ clock: measure.slice(MISSED.length) as TicketClock, count: Number(n) })),
  };
};

const ofMonth = `case when cell.measure like 'OVERDUE:%' then cell.day < $2::date else cell.day = $1::date end`;
const counted = 'cell.measure, sum(cell.n) as n, min(cell.day)::text as oldest';
const grouped = 'group by 1, 2 order by 1, 2';

const ofUnits = `
  select part.unit as of, ${counted} from unnest($3::text[], $4::bigint[], $5::bigint[]) as part (unit, place, width)
  join ticket_cell cell using (place, width) where ${ofMonth} ${grouped}`;

const ofSingles = `
  select coalesce(u.unit, cell.place::text) as of, ${counted}
  from unnest($3::bigint[], $4::bigint[]) as range (lo, hi)
  join ticket_cell cell on cell.place between range.lo and range.hi and cell.width = 1
  left join ticket_unit u on u.place = cell.place where ${ofMonth} ${grouped}`;

/** Whoever is no authority of the tree is a school. */
const ofLevels = `
  select coalesce(authority.level, 'SCHOOL') as of, ${counted} from ticket_cell cell
  left join unnest($5::bigint[], $6::text[]) as authority (place, level) on authority.place = cell.place
  where cell.width = 1 and cell.place between $3 and $4 and ${ofMonth} ${grouped}`;

const byName = (rows: readonly Row[]): [string, TicketFigures][] =>
  [...Map.groupBy(rows, ({ of }) => of)].map(([of, own]) => [of, figuresOf(own)]);

/** Figures of units with everything below them, and of each school or unit by itself in the ranges named, by code. */
export const readTicketFigures = async (
  tx: Tx,
  { firstDay, lastDay }: MonthDays,
  { units, schoolsIn }: Parts,
): Promise<Map<string, TicketFigures>> => {
  const blocks = units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const whole = await query<Row>(tx, ofUnits, [
    ...[firstDay, lastDay, blocks.map(({ unit }) => unit), blocks.map(({ place }) => place)],
    blocks.map(({ width }) => width),
  ]);
  const singles = await query<Row>(tx, ofSingles, [
    ...[firstDay, lastDay, schoolsIn.map(({ lo }) => lo), schoolsIn.map(({ hi }) => hi)],
  ]);
  return new Map(byName([...whole, ...singles]));
};

/** Figures of a range by the level of the unit that has the tickets; `authorities`: the units of the range. */
export const readTicketLevels = async (
  tx: Tx,
  { firstDay, lastDay }: MonthDays,
  { lo, hi }: PlaceRange,
  authorities: readonly { lo: number; level: string }[],
): Promise<Map<OrgLevel, TicketFigures>> => {
  const rows = await query<Row>(tx, ofLevels, [
    ...[firstDay, lastDay, lo, hi, authorities.map((unit) => unit.lo), authorities.map(({ level }) => level)],
  ]);
  return new Map(byName(rows) as [OrgLevel, TicketFigures][]);
};
