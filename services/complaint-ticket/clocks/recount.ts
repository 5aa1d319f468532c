import { TicketDueMoved } from '#libs/contracts/events/ticket.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { endOfDay, partsOf } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { countDays } from '#libs/law/ticket/clock-days.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { saveTickets } from '../tickets/save-ticket.ts';
import { lockTicket } from '../tickets/ticket-rows.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';
import type { Clock } from './clock.ts';
import { clocksWhere } from './clock-rows.ts';
import { remindersOf } from './due.ts';

type Calendar = ReturnType<typeof workingDayCalendar>;

const recounted = (clock: Clock, today: string, calendar: Calendar) => {
  const { startedOn, dueOn, provisional, calendarVersion, counted, byHand } = clock;
  const by = byHand ? {} : { counted: { from: startedOn, workingDays: counted.days } };
  const { change, due } = recountDueDay({ dueOn, provisional, calendarVersion, ...by }, today, calendar);
  if (!byHand) return { change, due };
  // A day that somebody has set stays that day; once its year is published it holds.
  const isFixed = provisional && calendar.isPublished(partsOf(dueOn).year);
  return {
    change: isFixed ? ('FIXED' as const) : change,
    due: { ...due, provisional: provisional && !isFixed },
  };
};

/** Keeps how a clock is counted now; of a day that has moved its holder is reminded anew, from now on. */
const write = (
  tx: Tx,
  { ticket, clock, turn, startedOn, dueOn }: Clock,
  due: { dueOn: string; provisional: boolean },
  calendar: Calendar,
  now: string,
) =>
  execute(
    tx,
    `update ticket_clock set due_on = $4, due_at = $5, provisional = $6, calendar_version = $7, counted = $8::jsonb,
       reminders = case when $9 then $10::timestamptz[] else reminders end,
       remind_at = case when $9 then (select min(at) from unnest($10::timestamptz[]) as of(at) where at > $11::timestamptz)
         else remind_at end
     where ticket_id = $1 and clock = $2 and turn = $3`,
    [
      ...[
        ticket,
        clock,
        turn,
        due.dueOn,
        endOfDay(due.dueOn).toISOString(),
        due.provisional,
        calendar.version,
      ],
      JSON.stringify(countDays(startedOn, due.dueOn, calendar)),
      ...[due.dueOn !== dueOn, remindersOf(startedOn, due.dueOn, calendar), now],
    ],
  );

/**
 * Counts the running clocks of the next ticket again that were counted by another calendar than the one in force, each once
 * (ORG-28); true when there may be more.
 */
export const recountNext = async (core: ServiceCore): Promise<boolean> => {
  enforces('ORG-28');
  const [now, today] = [core.clock.now(), core.clock.today()];
  const found = await asWorker(core.worker, async (tx) => {
    const calendar = workingDayCalendar(await standingWorkingDays(tx));
    const other = `state = 'RUNNING' and missed_at is null and (calendar_version < $1 or calendar_version > $1)`;
    const [first] = await clocksWhere(tx, `${other} order by calendar_version, ticket_id limit 1`, [
      calendar.version,
    ]);
    const ticket = first && (await lockTicket(tx, first.ticket));
    if (ticket === undefined) return undefined;
    const clocks = await clocksWhere(tx, `${other} and ticket_id = $2`, [calendar.version, ticket.id]);
    const told = [];
    for (const clock of clocks) {
      const { change, due } = recounted(clock, today, calendar);
      await write(tx, clock, due, calendar, now);
      const data = { clock: clock.clock, dueOn: due.dueOn, provisional: due.provisional };
      if (change !== 'NONE') told.push({ kind: TicketDueMoved, data });
    }
    if (clocks.length > 0)
      await saveTickets(tx, core.sealing, now, [{ before: ticket, change: { after: ticket, told } }]);
    return ticket.id;
  });
  if (found !== undefined) tellTicket(core, found);
  return found !== undefined;
};
