import { z } from 'zod';
import { TicketFollowedUp, TicketReopened } from '#libs/contracts/events/ticket.ts';
import { ticketAfter } from '#libs/law/ticket/course.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { startClock } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import { Text } from '../intake/complaint-input.ts';
import type { Done } from '../intake/file-complaint.ts';
import { calendarOf } from '../standing/places.ts';
import { handledElsewhere, notInThisState, tooManyNotes } from '../tickets/own-finding.ts';
import { courseState, FOLLOW_UPS } from '../tickets/ticket.ts';
import { MOST_LINES } from './note.ts';
import { Order, onTicket } from './on-ticket.ts';

const Reopening = Order.extend({ reason: Text });
const Following = Order.extend({ outcome: z.enum(FOLLOW_UPS), words: Text.nullish() });

/** The head of the unit takes up again what had ended: a mistake, or a reporter who is not content. */
export const reopenTicket = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.decide');
  const asked = parseInput(Reopening, input);
  return onTicket({ core, caller, operation: 'reopenTicket' }, asked, async ({ tx, ticket, now }) => {
    if (ticket.kind !== 'COMPLAINT' && ticket.kind !== 'ISSUE') return { findings: [notInThisState] };
    const state = ticketAfter(courseState(ticket), 'REOPEN');
    if (state === undefined) return { findings: [notInThisState] };
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const due = dueFrom('HANDLE', now, await calendarOf(core));
    await startClock(tx, ticket, due, now);
    return {
      after: {
        ...{ ...ticket, state, endedAt: null, mergedInto: null, followUp: null, report: null },
        acknowledgedAt: ticket.acknowledgedAt ?? now,
      },
      lines: [{ act: 'REOPENED', unit: unitOf(caller), by: caller.subject, words: asked.reason }],
      told: [{ kind: TicketReopened, data: { dueOn: due.dueOn, provisional: due.provisional } }],
      findings: [],
    };
  });
};

/** How the reporter took the end: said on the portal, or asked by the unit that handled it. */
export const followUpTicket = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, actor?.level === 'NONE' ? 'ticket.file-own' : 'ticket.handle');
  const asked = parseInput(Following, input);
  return onTicket({ core, caller, operation: 'followUpTicket' }, asked, async ({ ticket }) => {
    const isReported = ticket.kind === 'COMPLAINT' && ticket.origin !== 'SYSTEM';
    const isOver = isReported && (ticket.state === 'CLOSED' || ticket.state === 'MERGED');
    if (!isOver) return { findings: [notInThisState] };
    if (ticket.lines >= MOST_LINES) return { findings: [tooManyNotes] };
    const isReporter = caller.level === 'NONE';
    if (!isReporter && ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const { outcome, words } = asked;
    return {
      after: { ...ticket, followUp: outcome },
      lines: [
        {
          ...{ act: 'FOLLOWED_UP', unit: isReporter ? null : unitOf(caller), by: caller.subject },
          ...(words ? { words } : {}),
        },
      ],
      told: [{ kind: TicketFollowedUp, data: { outcome } }],
      findings: [],
    };
  });
};
