import { TicketLateStepDone } from '#libs/contracts/events/late-step.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRef } from '../cases/case-ref.ts';
import type { StepRow } from '../cases/course.ts';
import { stepsOfCases } from '../cases/step-rows.ts';
import { calendarOf } from '../standing/places.ts';
import { saveTickets } from '../tickets/save-ticket.ts';
import { isOpen, type Ticket } from '../tickets/ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';
import { openWords, sealWords } from '../tickets/words.ts';
import { endText } from './late-ticket.ts';

/** Tickets of one transaction. */
const AT_ONCE = 50;

type Done = { kind: CaseRef['kind']; id: string; step: number; ticket: string };

/** Late steps that are over since they opened their tickets, which have yet to tell it. */
const takeDone = (tx: Tx, now: string): Promise<Done[]> =>
  query<Done>(
    tx,
    `with over as (
       select t.case_kind, t.case_id, t.step from late_step_ticket t
       join case_step s on s.case_kind = t.case_kind and s.case_id = t.case_id and s.step = t.step
       where t.noted_at is null and t.ticket_id is not null and s.done_at is not null
       order by t.case_kind, t.case_id, t.step limit ${AT_ONCE} for update of t skip locked)
     update late_step_ticket t set noted_at = $1 from over
     where t.case_kind = over.case_kind and t.case_id = over.case_id and t.step = over.step
     returning t.case_kind as kind, t.case_id as id, t.step, t.ticket_id as ticket`,
    [now],
  );

/** The ticket says that the step is over, and by how much it was late; that is its result unless somebody has written another. */
const noted = (core: ServiceCore, ticket: Ticket, step: StepRow, said: string) => {
  const words = openWords(core.sealing, ticket);
  const isLeft = isOpen(ticket) && !words.result;
  const doneOn = step.doneAt === null ? core.clock.today() : shanghaiDate(new Date(step.doneAt));
  return {
    before: ticket,
    change: {
      after: isLeft
        ? { ...ticket, sealed: sealWords(core.sealing, ticket.id, { ...words, result: said }) }
        : ticket,
      lines: [{ act: 'CASE_STEP_DONE' as const, unit: null, by: null, words: said }],
      told: [
        {
          kind: TicketLateStepDone,
          data: { case: step.case, lateUnit: step.unit, doneOn, lapsed: step.lapsed },
        },
      ],
    },
  };
};

/** Tells in the tickets of late steps that the step was decided afterwards, or that its case has ended, each once. True when there may be more. */
export const noteDoneNext = async (core: ServiceCore): Promise<boolean> => {
  const [now, calendar] = [core.clock.now(), await calendarOf(core)];
  const told = await asWorker(core.worker, async (tx) => {
    const done = await takeDone(tx, now);
    if (done.length === 0) return [];
    const ids = done.map(({ ticket }) => ticket);
    const tickets = await ticketsWhere(tx, 'ticket_id = any($1::uuid[]) order by ticket_id for update', [
      ids,
    ]);
    const steps = await stepsOfCases(tx, done);
    const changes = tickets.flatMap((ticket) => {
      const of = done.find((each) => each.ticket === ticket.id);
      const step = steps.find(
        (each) => each.case.kind === of?.kind && each.case.id === of.id && each.step === of.step,
      );
      if (step === undefined) throw new Error('A ticket was opened by no step');
      return [noted(core, ticket, step, endText(step, calendar, core.clock.today()))];
    });
    await saveTickets(tx, core.sealing, now, changes);
    return ids;
  });
  for (const ticket of told) tellTicket(core, ticket);
  return told.length === AT_ONCE;
};
