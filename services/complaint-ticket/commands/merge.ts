import { z } from 'zod';
import { TicketMerged } from '#libs/contracts/events/ticket.ts';
import { isUuid } from '#libs/contracts/ids.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { judgeClosing } from '#libs/law/ticket/closing.ts';
import { ticketAfter } from '#libs/law/ticket/course.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { endClock } from '../clocks/clock-rows.ts';
import type { Done } from '../intake/file-complaint.ts';
import { endedWith, slipsUnder } from '../slips/slips-under.ts';
import { handledElsewhere, notInThisState, notTheSame } from '../tickets/own-finding.ts';
import { courseState, isOpen } from '../tickets/ticket.ts';
import { lockTicket } from '../tickets/ticket-rows.ts';
import { Order, onTicket, seenTicket } from './on-ticket.ts';

const Merging = Order.extend({ into: z.string().max(100) });

/**
 * A complaint about the same thing goes on in another that the same unit handles; its reporter stays protected and is told the result
 * of the other one. Not while a slip under it is out; answers end with it.
 */
export const mergeTickets = async (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.decide');
  const asked = parseInput(Merging, input);
  if (isUuid(asked.into)) await seenTicket(core, caller, asked.into);
  return onTicket({ core, caller, operation: 'mergeTickets' }, asked, async (work) => {
    const { tx, ticket, today, place, now } = work;
    const other = isUuid(asked.into) ? await lockTicket(tx, asked.into) : undefined;
    const isFit = other?.kind === 'COMPLAINT' && isOpen(other) && other.id !== ticket.id;
    if (!isFit || other.target.code !== ticket.target.code) return { findings: [notTheSame] };
    if (ticket.kind !== 'COMPLAINT') return { findings: [notInThisState] };
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const slips = await slipsUnder(tx, ticket);
    const parts = slips.map(({ state }) => ({ kind: 'SLIP' as const, closed: state !== 'ISSUED' }));
    const findings = judgeClosing({ parts, result: '-' }, today, place);
    if (isStopped(findings)) return { findings };
    const state = ticketAfter(courseState(ticket), 'MERGE');
    if (state === undefined) return { findings: [notInThisState] };
    await endClock(tx, ticket.id, [], 'STOPPED', now);
    const line = { act: 'MERGED' as const, unit: unitOf(caller), by: caller.subject };
    return {
      after: { ...ticket, state, mergedInto: other.id, endedAt: now },
      lines: [line],
      told: [{ kind: TicketMerged, data: { into: other.id } }],
      also: endedWith(slips, line, now),
      findings,
    };
  });
};
