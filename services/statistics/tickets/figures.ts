import { type OrgLevel, TicketKind } from '#libs/contracts/vocabulary.ts';
import type { TicketClock } from '#libs/law/ticket/clocks.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Parts } from '../table/parts.ts';
import { singlesIn } from '../table/singles-in.ts';

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

/** The same of all units of one level. */
export type LevelFigures = TicketFigures & { level: OrgLevel };

/** The days of the month that is asked about. */
export type MonthDays = { firstDay: string; lastDay: string };

type Row = { of: string; level: OrgLevel; measure: string; n: string; oldest: string | null };

const LEVELS: readonly OrgLevel[] = ['SCHOOL', 'COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'];
const CLOCKS: readonly TicketClock[] = [
  ...(['ACKNOWLEDGE', 'HANDLE', 'REPORT_UP', 'MINISTRY_ACCEPTS', 'ACCEPT_ANSWER', 'SLIP'] as const),
];

const none = { filed: 0, answeredInTime: 0, answeredLate: 0, overdue: 0, escalated: 0 };

export const noTickets: TicketFigures = { ...none, oldestDueOn: null, byKind: [], missedByClock: [] };

const countIn = (rows: readonly Row[], measure: string): number =>
  rows.reduce((sum, row) => (row.measure === measure ? sum + Number(row.n) : sum), 0);

const kindIn = (rows: readonly Row[], kind: TicketKind): KindFigures => ({
  kind,
  filed: countIn(rows, `FILED:${kind}`),
  answeredInTime: countIn(rows, `IN_TIME:${kind}`),
  answeredLate: countIn(rows, `LATE:${kind}`),
  overdue: countIn(rows, `OVERDUE:${kind}`),
  escalated: countIn(rows, `ESCALATED:${kind}`),
});

const sumOf = (kinds: readonly KindFigures[], figure: Exclude<keyof KindFigures, 'kind'>): number =>
  kinds.reduce((sum, each) => sum + each[figure], 0);

const figuresOf = (rows: readonly Row[]): TicketFigures => {
  const kinds = TicketKind.options.map((kind) => kindIn(rows, kind));
  const overdue = rows.filter(({ measure }) => measure.startsWith('OVERDUE:'));
  return {
    filed: sumOf(kinds, 'filed'),
    answeredInTime: sumOf(kinds, 'answeredInTime'),
    answeredLate: sumOf(kinds, 'answeredLate'),
    overdue: sumOf(kinds, 'overdue'),
    escalated: sumOf(kinds, 'escalated'),
    oldestDueOn: overdue.flatMap(({ oldest }) => oldest ?? []).toSorted()[0] ?? null,
    byKind: kinds.filter(({ kind, ...figures }) => Object.values(figures).some((count) => count > 0)),
    missedByClock: CLOCKS.map((clock) => ({ clock, count: countIn(rows, `MISSED:${clock}`) })).filter(
      ({ count }) => count > 0,
    ),
  };
};

const levelsOf = (rows: readonly Row[]): LevelFigures[] =>
  LEVELS.flatMap((level) => {
    const own = rows.filter((row) => row.level === level);
    return own.length === 0 ? [] : [{ level, ...figuresOf(own) }];
  });

const ofMonth = `case when cell.measure like '%:OVERDUE:%' then cell.day < $2::date else cell.day = $1::date end`;
const counted = `split_part(cell.measure, ':', 1) as level, substr(cell.measure, strpos(cell.measure, ':') + 1) as measure,
  sum(cell.n) as n, min(cell.day)::text as oldest`;
const grouped = 'group by 1, 2, 3 order by 1, 2, 3';

const ofUnits = `
  select part.unit as of, ${counted} from unnest($3::text[], $4::bigint[], $5::bigint[]) as part (unit, place, width)
  join ticket_cell cell using (place, width) where ${ofMonth} ${grouped}`;

const ofSingles = `
  select coalesce(u.unit, cell.place::text) as of, ${counted}
  from ${singlesIn('ticket_cell', 3, ofMonth)}
  left join ticket_unit u on u.place = cell.place ${grouped}`;

/** Figures by code: of units with everything below them, by level as well, and of each school or unit by itself in the ranges named. */
export const readTicketFigures = async (
  tx: Tx,
  { firstDay, lastDay }: MonthDays,
  { units, schoolsIn }: Parts,
): Promise<Map<string, TicketFigures & { levels: LevelFigures[] }>> => {
  const blocks = units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const whole = await query<Row>(tx, ofUnits, [
    ...[firstDay, lastDay, blocks.map(({ unit }) => unit), blocks.map(({ place }) => place)],
    blocks.map(({ width }) => width),
  ]);
  const singles = await query<Row>(tx, ofSingles, [
    ...[firstDay, lastDay, schoolsIn.map(({ lo }) => lo), schoolsIn.map(({ hi }) => hi)],
  ]);
  const byCode = Map.groupBy([...whole, ...singles], ({ of }) => of);
  return new Map([...byCode].map(([of, rows]) => [of, { ...figuresOf(rows), levels: levelsOf(rows) }]));
};
