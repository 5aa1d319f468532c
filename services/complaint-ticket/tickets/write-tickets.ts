import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Ticket } from './ticket.ts';

/** A ticket as it was and as it has become. */
export type Moved = { before: Ticket; after: Ticket };

/** Writes how tickets stand now, any number with one statement. */
export const updateTickets = (tx: Tx, moved: readonly Moved[]): Promise<number> =>
  execute(
    tx,
    `update ticket t set state = v.state, target_unit = v.unit, target_place = v.place, sealed = coalesce(v.sealed, t.sealed),
       acknowledged_at = v.acknowledged_at, answered_at = v.answered_at, ended_at = v.ended_at, task = v.task, report_id = v.report,
       merged_into = v.merged, cause_id = v.cause, assigned_to = v.assigned, follow_up = v.follow_up,
       case_kind = v.case_kind, case_id = v.case_id, late_unit = v.late_unit, lines = v.lines, version = v.version, events = v.events
     from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bytea[], $6::timestamptz[], $7::timestamptz[],
       $8::timestamptz[], $9::text[], $10::int[], $11::int[], $12::int[], $13::uuid[],
       $14::uuid[], $15::uuid[], $16::text[], $17::text[], $18::text[], $19::uuid[], $20::text[])
       as v (id, state, unit, place, sealed, acknowledged_at, answered_at, ended_at, task, lines, version, events, report, merged,
         cause, assigned, follow_up, case_kind, case_id, late_unit)
     where t.ticket_id = v.id`,
    [
      moved.map(({ after }) => after.id),
      moved.map(({ after }) => after.state),
      moved.map(({ after }) => after.target.code),
      moved.map(({ after }) => after.target.place),
      moved.map(({ before, after }) => (before.sealed === after.sealed ? null : after.sealed)),
      moved.map(({ after }) => after.acknowledgedAt),
      moved.map(({ after }) => after.answeredAt),
      moved.map(({ after }) => after.endedAt),
      moved.map(({ after }) => after.task),
      moved.map(({ after }) => after.lines),
      moved.map(({ after }) => after.version),
      moved.map(({ after }) => after.events),
      moved.map(({ after }) => after.report),
      moved.map(({ after }) => after.mergedInto),
      moved.map(({ after }) => after.cause),
      moved.map(({ after }) => after.assignedTo),
      moved.map(({ after }) => after.followUp),
      moved.map(({ after }) => after.case?.kind ?? null),
      moved.map(({ after }) => after.case?.id ?? null),
      moved.map(({ after }) => after.lateUnit),
    ],
  );

const PARTS = ['ticket_line', 'ticket_clock', 'ticket_reporter', 'ticket_paper'];

/** What belongs to tickets goes with them to the place of the unit that handles them now; slips on them are told that place. */
export const movePlaces = async (tx: Tx, moved: readonly Moved[]): Promise<void> => {
  const gone = moved.filter(({ before, after }) => before.target.place !== after.target.place);
  if (gone.length === 0) return;
  const places = [gone.map(({ after }) => after.id), gone.map(({ after }) => after.target.place)];
  for (const table of PARTS) {
    await execute(
      tx,
      `update ${table} p set target_place = v.place from unnest($1::uuid[], $2::bigint[]) as v (id, place)
       where p.ticket_id = v.id`,
      places,
    );
  }
  await execute(
    tx,
    `update ticket slip set root_place = v.place from unnest($1::uuid[], $2::bigint[]) as v (id, place)
     where slip.root_id = v.id and slip.ticket_id <> v.id`,
    places,
  );
};

/** Keeps with tickets the nearest day of their running clocks, be it over or not. */
export const keepDue = (tx: Tx, ids: readonly string[]): Promise<number> =>
  execute(
    tx,
    `update ticket t set due_on = c.due_on, due_at = c.due_at, due_provisional = c.provisional
     from unnest($1::uuid[]) as of(id) left join lateral (select due_on, due_at, provisional from ticket_clock
       where ticket_id = of.id and state = 'RUNNING' order by due_at, clock limit 1) c on true
     where t.ticket_id = of.id`,
    [[...ids]],
  );
