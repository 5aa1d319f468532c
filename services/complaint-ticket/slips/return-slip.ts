import { SlipWithdrawn, TicketReturned } from '#libs/contracts/events/ticket.ts';
import { Day } from '#libs/contracts/ids.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { ticketAfter } from '#libs/law/ticket/course.ts';
import { judgeDueDay, type SlipKind } from '#libs/law/ticket/slip.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { endClock, startClock } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import { Order, onTicket } from '../commands/on-ticket.ts';
import { Text } from '../intake/complaint-input.ts';
import type { Done } from '../intake/file-complaint.ts';
import { calendarOf } from '../standing/places.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import { courseState, isOpen, isRoot, type Ticket } from '../tickets/ticket.ts';
import { isAnotherOut } from './slips-under.ts';

const Returning = Order.extend({ reason: Text, dueOn: Day.nullish() });
const Withdrawing = Order.extend({ reason: Text });

/** The complaint or report after an act, where it still runs and the act is one of its state. */
const moved = (root: Ticket, act: 'SEND_BACK' | 'WITHDRAW_SLIPS'): Ticket => {
  const state = isOpen(root) ? ticketAfter(courseState(root), act) : undefined;
  return state === undefined ? root : { ...root, state };
};

/** The supervising unit does not accept an answer: it says why, and until when the slip is due anew (W-20, TKT-11). */
export const returnTicket = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.decide');
  const asked = parseInput(Returning, input);
  return onTicket({ core, caller, operation: 'returnTicket' }, asked, async (work) => {
    const { tx, ticket, root, now, today, place } = work;
    if (isRoot(ticket) || ticket.state !== 'ANSWERED' || !isOpen(root)) return { findings: [notInThisState] };
    if (ticket.source.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const calendar = await calendarOf(core);
    const findings = judgeDueDay(ticket.kind as SlipKind, asked.dueOn ?? null, today, place, calendar);
    if (isStopped(findings) || !asked.dueOn) return { findings };
    const due = dueFrom('SLIP', now, calendar, asked.dueOn);
    await startClock(tx, ticket, due, now);
    await endClock(tx, root.id, ['ACCEPT_ANSWER'], 'MET', now);
    const line = {
      ...{ act: 'SLIP_RETURNED' as const, unit: unitOf(caller), by: caller.subject },
      ...{ toUnit: ticket.target.code, words: asked.reason },
    };
    const data = { issuer: ticket.source.code, dueOn: due.dueOn, provisional: due.provisional };
    return {
      after: { ...ticket, state: 'ISSUED', answeredAt: null },
      lines: [line],
      told: [{ kind: TicketReturned, data }],
      also: [{ before: root, change: { after: moved(root, 'SEND_BACK'), lines: [line] } }],
      findings,
    };
  });
};

/** The issuer takes back a slip that is not needed any more, and says why. */
export const withdrawSlip = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.decide');
  const asked = parseInput(Withdrawing, input);
  return onTicket({ core, caller, operation: 'withdrawSlip' }, asked, async ({ tx, ticket, root, now }) => {
    if (isRoot(ticket) || ticket.state !== 'ISSUED') return { findings: [notInThisState] };
    if (ticket.source.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    await endClock(tx, ticket.id, [], 'STOPPED', now);
    const line = {
      ...{ act: 'SLIP_WITHDRAWN' as const, unit: unitOf(caller), by: caller.subject },
      ...{ toUnit: ticket.target.code, words: asked.reason },
    };
    const rests = await isAnotherOut(tx, ticket);
    return {
      after: { ...ticket, state: 'WITHDRAWN', endedAt: now },
      lines: [line],
      told: [{ kind: SlipWithdrawn, data: { issuer: ticket.source.code } }],
      also: [
        { before: root, change: { after: rests ? root : moved(root, 'WITHDRAW_SLIPS'), lines: [line] } },
      ],
      findings: [],
    };
  });
};
