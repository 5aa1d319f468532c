import { isFirstTime, type TicketNote, ticketNotes } from '../tickets/notes.ts';
import { type Desk, schoolDesks } from '../world/desks.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

const eventsOf = (ticket: string, condition: string): string =>
  `(select count(*)::int from event_log e where e.aggregate_id = 'ticket:' || ${ticket} and ${condition})`;
const told = (types: readonly string[]): string =>
  `e.type in (${types.map((type) => `'${type}'`).join(', ')})`;

const ends = told([
  ...['TicketClosed', 'TicketMerged', 'SlipWithdrawn', 'ReportSlipAnswered', 'ReportSlipWithdrawn'],
]);
const begins = told([
  ...[
    'ComplaintReceived',
    'IssueOpened',
    'VerificationSlipIssued',
    'SupervisionSlipIssued',
    'ReportSlipDrafted',
  ],
]);

/** The unit that a complaint was with after each move, by the lines of its history. */
const held = `select ticket_id, line, coalesce(to_unit, unit) as unit,
    lag(coalesce(to_unit, unit)) over (partition by ticket_id order by line) as before
  from ticket_line where act in ('RECEIVED', 'ESCALATED')`;

/** What must not be of complaints and slips; `$1`: now. */
const questions: readonly { sentence: string; text: string }[] = [
  {
    sentence: 'tickets are with a unit that nobody knows',
    text: `select count(*)::int as count from ticket t
           where not exists (select from unit_ref u where u.code = t.target_unit and (u.fact ->> 'lo')::bigint = t.target_place)
             and not exists (select from school_ref s where s.code = t.target_unit and s.place = t.target_place)`,
  },
  {
    sentence: 'complaints are elsewhere than where they went last',
    text: `select count(*)::int as count from ticket t
             join lateral (select unit from (${held}) h where h.ticket_id = t.ticket_id order by line desc limit 1) last on true
           where t.kind in ('COMPLAINT', 'ISSUE') and last.unit <> t.target_unit`,
  },
  {
    sentence: 'complaints went elsewhere than to the unit above',
    text: `select count(*)::int as count from (${held}) h left join unit_ref u on u.code = h.before
           where h.before is not null and h.unit <> h.before and h.unit is distinct from u.fact ->> 'parent'`,
  },
  {
    sentence: 'open tickets have nobody who is due',
    text: `select count(*)::int as count from ticket t where ended_at is null and state not in ('HANDLED', 'ANSWERED', 'REPORT_DRAFTED')
             and not (kind = 'COMPLAINT' and state in ('REPORT_SEALED', 'REPORT_ACCEPTED'))
             and not exists (select from ticket_clock c where c.ticket_id = t.ticket_id and c.state = 'RUNNING'
               and c.clock in ('HANDLE', 'SLIP', 'MINISTRY_ACCEPTS'))`,
  },
  {
    sentence: 'ended tickets have a clock that runs',
    text: `select count(*)::int as count from ticket t join ticket_clock c using (ticket_id)
           where t.ended_at is not null and c.state = 'RUNNING'`,
  },
  {
    sentence: 'slips are open under a ticket that has ended',
    text: `select count(*)::int as count from ticket s join ticket r on r.ticket_id = s.root_id
           where r.ended_at is not null and s.ticket_id <> s.root_id and (s.ended_at is null or s.state not in ('CLOSED', 'WITHDRAWN'))`,
  },
  {
    sentence: 'clocks passed without being put on record',
    text: `select count(*)::int as count from ticket_clock
           where missed_at is null and not provisional and due_at <= coalesce(ended_at, $1::timestamptz)`,
  },
  {
    sentence: 'clocks are on record as missed before their time',
    text: `select count(*)::int as count from ticket_clock
           where missed_at is not null and (provisional or missed_at < due_at or ended_at < due_at)`,
  },
  {
    sentence: 'tickets were called overdue more or less often than their clocks were missed',
    text: `select count(*)::int as count from ticket t
           where ${eventsOf('t.ticket_id', told(['TicketOverdue']))}
             <> (select count(*) from ticket_clock c where c.ticket_id = t.ticket_id and c.missed_at is not null)`,
  },
  {
    sentence: 'slips that were missed led to more or less than one escalation each',
    text: `select count(*)::int as count from ticket r where r.ticket_id = r.root_id and
             ${eventsOf('r.ticket_id', `e.type = 'TicketEscalated' and e.event -> 'data' ->> 'reason' = 'SLIP_OVERDUE'`)}
             <> (select count(*) from ticket_clock c join ticket s using (ticket_id)
                 where s.root_id = r.ticket_id and c.clock = 'SLIP' and c.missed_at is not null)`,
  },
  {
    sentence: 'complaints that nobody handled in time went up more or less than once each time',
    text: `select count(*)::int as count from ticket t where t.kind in ('COMPLAINT', 'ISSUE') and
             ${eventsOf('t.ticket_id', `e.type = 'TicketEscalated' and e.event -> 'data' ->> 'reason' = 'OVERDUE'`)}
             <> (select count(*) from ticket_clock c where c.ticket_id = t.ticket_id and c.clock = 'HANDLE'
                   and c.missed_at is not null and c.state = 'STOPPED' and c.ended_at = c.missed_at)`,
  },
  {
    sentence: 'complaints that nobody handled in time stayed below the ministry',
    text: `select count(*)::int as count from ticket t join ticket_clock c using (ticket_id)
           where t.kind in ('COMPLAINT', 'ISSUE') and c.clock = 'HANDLE' and c.missed_at is not null
             and c.state <> 'STOPPED' and t.target_unit <> '000000'`,
  },
  {
    sentence: 'tickets were not begun once by an event',
    text: `select count(*)::int as count from ticket t where ${eventsOf('t.ticket_id', begins)} <> 1`,
  },
  {
    sentence: 'tickets have ended otherwise than their events say',
    text: `select count(*)::int as count from ticket t
           where ${eventsOf('t.ticket_id', ends)} - ${eventsOf('t.ticket_id', told(['TicketReopened']))}
             <> (case when ended_at is null then 0 else 1 end)`,
  },
  {
    sentence: 'tickets have another number of events than they count',
    text: `select count(*)::int as count from ticket t where ${eventsOf('t.ticket_id', 'true')} <> t.events`,
  },
  {
    sentence: 'events tell of tickets that are nowhere',
    text: `select count(*)::int as count from event_log e where e.aggregate_id like 'ticket:%'
             and not exists (select from ticket t where 'ticket:' || t.ticket_id = e.aggregate_id)`,
  },
];

/**
 * Complaints and slips as their owner keeps them: each with one unit, on its way up by one level at a time; what is closed has
 * nothing open below it; each clock that passed is on record once, and led to what the law says, none before its time (TKT-01,
 * TKT-15); each change was told; and the schools concerned never learn who complained (TKT-16).
 */
export const tickets: Invariant = async (world) => {
  const { registry } = world.shared;
  const sentences: string[] = [];
  for (const { sentence, text } of questions) {
    const parameters = text.includes('$1') ? [registry.clock.now()] : [];
    const [row] = await registry.rows<{ count: number }>('complaint-ticket', text, parameters);
    if ((row?.count ?? 0) > 0) sentences.push(`${row?.count} ${sentence}`);
  }
  return [...sentences, ...(await unknown(world)), ...(await reporters(world))];
};

const unknown = async (world: World): Promise<string[]> => {
  const known = new Set(ticketNotes(world).map(({ id }) => id));
  const rows = await world.shared.registry.rows<{ id: string }>(
    'complaint-ticket',
    `select ticket_id as id from ticket where kind = 'COMPLAINT' and origin <> 'SYSTEM'`,
  );
  const others = rows.filter(({ id }) => !known.has(id)).length;
  const lost = known.size - (rows.length - others);
  return [
    ...(others > 0 ? [`${others} complaints are there that nobody has filed`] : []),
    ...(lost > 0 ? [`${lost} complaints that were filed are nowhere`] : []),
  ];
};

/** Complaints of which the school is asked who complained, each once in its life. */
const PROBES = 4;

const question = `query ($id: ID!) { ticket(id: $id) { id history { by words }
  ... on Complaint { matter reporter { name phone } result }
  ... on VerificationSlip { verifies: matter reporter { name phone } ticket { id } }
  ... on SupervisionSlip { supervises: matter reporter { name phone } ticket { id } } } }`;

const reporters = async (world: World): Promise<string[]> => {
  const asked = ticketNotes(world)
    .filter(({ by, done }) => by.level !== 'SCHOOL' && !done.has('asked by the school'))
    .slice(0, PROBES);
  const sentences: string[] = [];
  for (const note of asked) {
    isFirstTime(note, 'asked by the school');
    const slips = await world.shared.registry.rows<{ id: string }>(
      'complaint-ticket',
      'select ticket_id as id from ticket where root_id = $1 order by opened_at',
      [note.id],
    );
    for (const who of [schoolDesks(note.school).registrar, schoolDesks(note.school).head])
      if (await isTold(world, who, note, slips)) sentences.push(`a school was told who complained of it`);
  }
  return sentences;
};

const isTold = async (
  { shared: { graph } }: World,
  who: Desk,
  { reporter }: TicketNote,
  ids: readonly { id: string }[],
): Promise<boolean> => {
  for (const { id } of ids) {
    const said = JSON.stringify(await graph.ask(who, question, { id }));
    if (said.includes(reporter.name) || said.includes(reporter.phone)) return true;
  }
  return false;
};
