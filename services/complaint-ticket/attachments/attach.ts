import { z } from 'zod';
import { TicketPapersAdded } from '#libs/contracts/events/ticket.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import type { OwnFinding } from '#libs/law/own-finding.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { holdForRequest, papersOf } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { Order, onTicket, seenTicket } from '../commands/on-ticket.ts';
import type { Done } from '../intake/file-complaint.ts';
import { takesPart } from '../standing/parties.ts';
import { ticketScopeOf } from '../standing/ticket-scope.ts';
import { notInThisState, tooManyPapers } from '../tickets/own-finding.ts';
import { isOpen, type Ticket } from '../tickets/ticket.ts';
import { addAttachments, attachmentsOf } from './attachment.ts';

const Attaching = Order.extend({ uploads: z.array(Uuid).min(1).max(20) });

/** Most papers of one ticket (ours). */
const MOST_PAPERS = 50;

const against = (ticket: Ticket, has: number, more: number): OwnFinding[] => [
  ...(isOpen(ticket) ? [] : [notInThisState]),
  ...(has + more > MOST_PAPERS ? [tooManyPapers(MOST_PAPERS)] : []),
];

/**
 * A school or authority that takes part in a ticket puts papers to it. They may tell who reported: nobody else reads them, not the
 * levels above either (TKT-16). Files are looked into before, as everywhere.
 */
export const attachToTicket = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'ticket.attach');
  const asked = parseInput(Attaching, input);
  const seen = await seenTicket(core, caller, asked.ticket);
  if (!takesPart(seen, caller)) throw outOfJurisdiction();
  const scope = await ticketScopeOf(core, caller);
  const order = { caller, key: asked.idempotencyKey, uploads: asked.uploads };
  const held = await holdForRequest(
    core,
    order,
    (work) => inScope(core.app, scope, work),
    async (tx) => {
      if (seen.version !== asked.expectedVersion) return [notInThisState];
      return against(seen, (await attachmentsOf(tx, [seen.id])).length, asked.uploads.length);
    },
  );
  return onTicket({ core, caller, operation: 'attachToTicket' }, asked, async ({ tx, ticket, now }) => {
    const has = (await attachmentsOf(tx, [ticket.id])).length;
    const findings = against(ticket, has, asked.uploads.length);
    if (findings.length > 0) return { findings };
    const papers = papersOf(
      held,
      asked.uploads.map((upload) => ({ upload })),
    );
    const unit = unitOf(caller);
    await addAttachments(tx, ticket, papers, { unit, subject: caller.subject, at: now });
    return {
      after: ticket,
      lines: [{ act: 'PAPERS_ADDED', unit, by: caller.subject }],
      told: [{ kind: TicketPapersAdded, data: { papers: asked.uploads } }],
      findings: [],
    };
  });
};
