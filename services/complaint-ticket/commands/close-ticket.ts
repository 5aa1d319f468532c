import { z } from 'zod';
import { ComplaintHandled, TicketClosed } from '#libs/contracts/events/ticket.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { judgeClosing } from '#libs/law/ticket/closing.ts';
import { ticketAfter } from '#libs/law/ticket/course.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { endClock } from '../clocks/clock-rows.ts';
import { LONGEST_TEXT, Text } from '../intake/complaint-input.ts';
import type { Done } from '../intake/file-complaint.ts';
import { endedWith, slipsUnder, ticketsMergedInto, ticketsOfCause } from '../slips/slips-under.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import { courseState, isOpen, type Ticket } from '../tickets/ticket.ts';
import { openWords, sealWords } from '../tickets/words.ts';
import { Order, onTicket } from './on-ticket.ts';

const Handling = Order.extend({ result: Text });
const Closing = Order.extend({ result: z.string().trim().max(LONGEST_TEXT).nullish() });

/** The unit deals with a complaint itself, without a slip, and says what it did (TKT-03). */
export const handleComplaint = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.handle');
  const asked = parseInput(Handling, input);
  return onTicket({ core, caller, operation: 'handleComplaint' }, asked, async ({ tx, ticket, now }) => {
    const state =
      ticket.kind === 'COMPLAINT' ? ticketAfter(courseState(ticket), 'HANDLE_LOCALLY') : undefined;
    if (state === undefined) return { findings: [notInThisState] };
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    await endClock(tx, ticket.id, ['ACKNOWLEDGE', 'HANDLE'], 'MET', now);
    const words = { ...openWords(core.sealing, ticket), result: asked.result };
    return {
      after: { ...ticket, state, sealed: sealWords(core.sealing, ticket.id, words) },
      lines: [{ act: 'HANDLED', unit: unitOf(caller), by: caller.subject }],
      told: [{ kind: ComplaintHandled }],
      findings: [],
    };
  });
};

/** Who reported the same thing is told the same result. */
const withResult = ({ sealing }: ServiceCore, merged: Ticket, result: string | null): Ticket => ({
  ...merged,
  sealed: sealWords(sealing, merged.id, { ...openWords(sealing, merged), result }),
});

/**
 * The head of the unit that handles a ticket ends it with a result that the reporter is told (TKT-01): not while a slip under it is
 * open. Answers that are accepted with it end as well.
 */
export const closeTicket = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.decide');
  const asked = parseInput(Closing, input);
  return onTicket({ core, caller, operation: 'closeTicket' }, asked, async (work) => {
    const { tx, ticket, today, place, now } = work;
    if (ticket.kind !== 'COMPLAINT' && ticket.kind !== 'ISSUE') return { findings: [notInThisState] };
    const [slips, linked] = [await slipsUnder(tx, ticket), await ticketsOfCause(tx, ticket)];
    const merged = await ticketsMergedInto(tx, ticket);
    const words = openWords(core.sealing, ticket);
    const result = asked.result || (words.result ?? null);
    const parts = [
      ...slips.map(({ state }) => ({ kind: 'SLIP' as const, closed: state !== 'ISSUED' })),
      ...linked.map((each) => ({ kind: 'TICKET' as const, closed: !isOpen(each) })),
    ];
    const findings = judgeClosing({ parts, result }, today, place);
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    if (isStopped(findings)) return { findings };
    const state = ticketAfter(courseState(ticket), 'CLOSE');
    if (state === undefined) return { findings: [notInThisState] };
    // A report that the province still owed was never made.
    await endClock(tx, ticket.id, ['REPORT_UP'], 'STOPPED', now);
    await endClock(tx, ticket.id, [], 'MET', now);
    const line = { act: 'CLOSED' as const, unit: unitOf(caller), by: caller.subject };
    return {
      after: {
        ...{ ...ticket, state, endedAt: now },
        sealed: sealWords(core.sealing, ticket.id, { ...words, result }),
      },
      lines: [line],
      told: [{ kind: TicketClosed }],
      also: [
        ...endedWith(slips, line, now),
        ...merged.map((before) => ({
          before,
          change: { after: withResult(core, before, result), lines: [line] },
        })),
      ],
      findings,
    };
  });
};
