import { ministry } from '../world/desks.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

/** A count of a unit: what, in which month (or of which last day in time), and how many. */
type Cell = { unit: string; measure: string; day: string; n: number };

const dayOf = (instant: string): string => `(${instant} at time zone 'Asia/Shanghai')::date`;
const monthOf = (instant: string): string => `date_trunc('month', ${dayOf(instant)})::date`;

/** The unit that a complaint was with before a line of its history was written. */
const holder = (ticket: string, line: string): string =>
  `(select coalesce(h.to_unit, h.unit) from ticket_line h where h.ticket_id = ${ticket} and h.line < ${line}
     and h.act in ('RECEIVED', 'ESCALATED') order by h.line desc limit 1)`;

const isSlip = `t.kind in ('VERIFICATION', 'SUPERVISION')`;
const isLate = `c.missed_at is not null or (not c.provisional and ${dayOf('c.ended_at')} > c.due_on)`;

/**
 * Every count anew from the owner's rows, without the events and the code that counts them: what came in, by its first line; what
 * was answered, by the clocks that were met and the line of that instant; what was missed, by the lines of it, each with its clock.
 */
const recount = `
  select unit, measure, day::text, count(*)::int as n from (
    select (select unit from ticket_line l where l.ticket_id = t.ticket_id and l.line = 1) as unit,
      'FILED:' || kind as measure, ${monthOf('opened_at')} as day
    from ticket t where kind in ('COMPLAINT', 'ISSUE')
    union all
    select target_unit, 'FILED:' || kind, ${monthOf('opened_at')} from ticket t where ${isSlip}
    union all
    select '000000', 'FILED:REPORT', date_trunc('month', c.started_on)::date
    from ticket_clock c where c.clock = 'MINISTRY_ACCEPTS' and c.turn = 1
    union all
    select case when t.kind in ('COMPLAINT', 'ISSUE') then
        (select l.unit from ticket_line l where l.ticket_id = t.ticket_id and l.act in ('HANDLED', 'CLOSED') and l.at = c.ended_at
         order by l.line limit 1)
      else t.target_unit end,
      (case when ${isLate} then 'LATE:' else 'IN_TIME:' end) || t.kind, ${monthOf('c.ended_at')}
    from ticket_clock c join ticket t using (ticket_id)
    where c.state = 'MET' and c.clock in ('HANDLE', 'SLIP', 'MINISTRY_ACCEPTS')
    union all
    select t.target_unit, 'OVERDUE:' || t.kind, c.due_on from ticket_clock c join ticket t using (ticket_id)
    where c.state = 'RUNNING' and c.missed_at is not null and c.clock in ('HANDLE', 'SLIP', 'MINISTRY_ACCEPTS')
    union all
    select coalesce(${holder('l.ticket_id', 'l.line')}, t.target_unit), 'ESCALATED:' || t.kind, ${monthOf('l.at')}
    from ticket_line l join ticket t using (ticket_id) where l.act = 'ESCALATED'
    union all
    select case when t.kind in ('COMPLAINT', 'ISSUE') then ${holder('m.ticket_id', 'm.line')} else t.target_unit end,
      'MISSED:' || m.clock, date_trunc('month', m.due_on + 1)::date
    from (select c.ticket_id, c.clock, c.due_on, l.line from
        (select *, row_number() over (partition by ticket_id order by missed_at, due_at, clock) as nth
         from ticket_clock where missed_at is not null) c
      join (select *, row_number() over (partition by ticket_id order by line) as nth
            from ticket_line where act = 'OVERDUE') l using (ticket_id, nth)) m
      join ticket t using (ticket_id)
  ) counted group by 1, 2, 3`;

const kept = `select coalesce(u.unit, c.place::text) as unit, substr(c.measure, strpos(c.measure, ':') + 1) as measure,
    c.day::text, c.n from ticket_cell c left join ticket_unit u using (place) where c.width = 1`;

const nameOf = ({ unit, measure, day }: Cell): string => `${unit} ${measure} ${day}`;

/** A sentence for every cell in which two counts differ. */
const differences = (told: readonly Cell[], are: readonly Cell[]): string[] => {
  const [one, other] = [told, are].map((cells) => new Map(cells.map((cell) => [nameOf(cell), cell.n])));
  return [...new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])].sort().flatMap((name) => {
    const [n, there] = [one?.get(name) ?? 0, other?.get(name) ?? 0];
    return n === there ? [] : [`the figures of tickets tell ${name}: ${n}, there are ${there}`];
  });
};

type Figures = {
  filed: number;
  answeredInTime: number;
  answeredLate: number;
  overdue: number;
  escalated: number;
};
type Told = {
  ticketStatistics: {
    total: Figures;
    levels: (Figures & { level: string })[];
    rows: (Figures & { unit: string })[];
  };
};

const figures = 'filed answeredInTime answeredLate overdue escalated';
const question = `query ($month: Month!) { ticketStatistics(month: $month) {
  total { ${figures} } levels { level ${figures} } rows { unit ${figures} } } }`;

/** What the ministry is told of a month, by province and level and for the nation, beside what the recounted cells come to. */
const ministrysView = async (world: World, cells: readonly Cell[]): Promise<string[]> => {
  const month = world.today.slice(0, 7);
  const answer = await world.read<Told>(ministry, question, { month });
  if (answer === null) return ['the ministry has no figures of tickets'];
  const { total, levels, rows } = answer.ticketStatistics;
  const { tree } = world.shared.plan;
  const levelOf = ({ unit }: Cell): string => tree.find(unit)?.level ?? 'SCHOOL';
  const isIn = ({ measure, day }: Cell): boolean =>
    measure.startsWith('OVERDUE:') ? day < world.today : day === `${month}-01`;
  const own = cells.filter(isIn);
  return [
    ...unequal('the nation', total, own),
    ...levels.flatMap((told) =>
      unequal(
        told.level,
        told,
        own.filter((cell) => levelOf(cell) === told.level),
      ),
    ),
    ...rows.flatMap((row) =>
      unequal(
        row.unit,
        row,
        own.filter(({ unit }) => provinceOf(unit) === row.unit),
      ),
    ),
  ];
};

const provinceOf = (unit: string): string =>
  unit === '000000' ? unit : `${unit.length === 10 ? unit.slice(2, 4) : unit.slice(0, 2)}0000`;

const MEASURES: readonly (readonly [keyof Figures, string])[] = [
  ['filed', 'FILED:'],
  ['answeredInTime', 'IN_TIME:'],
  ['answeredLate', 'LATE:'],
  ['overdue', 'OVERDUE:'],
  ['escalated', 'ESCALATED:'],
];

const unequal = (who: string, told: Figures, cells: readonly Cell[]): string[] =>
  MEASURES.flatMap(([figure, prefix]) => {
    const sum = cells.reduce((all, { measure, n }) => (measure.startsWith(prefix) ? all + n : all), 0);
    return told[figure] === sum
      ? []
      : [`the ministry is told of ${who} ${figure}: ${told[figure]}, there are ${sum}`];
  });

/** The view of timeliness is what the owner's rows make it, unit by unit and month by month, and so is what the ministry reads. */
export const ticketStatistics: Invariant = async (world) => {
  const { registry } = world.shared;
  const cells = await registry.rows<Cell>('complaint-ticket', recount);
  const shown = await registry.rows<Cell>('statistics', kept);
  return [...differences(shown, cells), ...(await ministrysView(world, cells))];
};
