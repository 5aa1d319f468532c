import { z } from 'zod';
import { seesPart } from '#libs/law/ticket/reporter.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { Text } from '../intake/complaint-input.ts';
import type { Done } from '../intake/file-complaint.ts';
import { isFiler, partiesOf, takesPart } from '../standing/parties.ts';
import { notInThisState, tooManyNotes } from '../tickets/own-finding.ts';
import { isOpen } from '../tickets/ticket.ts';
import { Order, onTicket } from './on-ticket.ts';

const Noting = Order.extend({ words: Text, inside: z.boolean().nullish() });

/** Most lines that the history of one ticket takes from what people add to it (ours). */
export const MOST_LINES = 500;

/**
 * Whoever takes part in a ticket adds to it: outside for everybody who sees it, inside for those alone who receive and issue.
 * A reporter, and who took it down for one, adds to the own complaint in the same way.
 */
export const addTicketNote = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.read');
  const asked = parseInput(Noting, input);
  return onTicket({ core, caller, operation: 'addTicketNote' }, asked, async ({ ticket }) => {
    const parties = partiesOf(ticket, caller);
    const inside = asked.inside === true;
    const mayNote = takesPart(ticket, caller) || isFiler(ticket, caller);
    if (!mayNote || (inside && !seesPart(parties, 'INSIDE_NOTES'))) throw outOfJurisdiction();
    if (!isOpen(ticket)) return { findings: [notInThisState] };
    if (ticket.lines >= MOST_LINES) return { findings: [tooManyNotes] };
    const unit = caller.level === 'NONE' ? null : unitOf(caller);
    return {
      after: ticket,
      lines: [{ act: 'NOTE', unit, by: caller.subject, inside, words: asked.words }],
      findings: [],
    };
  });
};
