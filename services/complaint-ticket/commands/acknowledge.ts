import { ComplaintAcknowledged } from '#libs/contracts/events/ticket.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { endClock } from '../clocks/clock-rows.ts';
import type { Done } from '../intake/file-complaint.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import { isOpen } from '../tickets/ticket.ts';
import { Order, onTicket } from './on-ticket.ts';

/** The unit that handles a complaint tells the reporter that it has it, within three working days (W-20). */
export const acknowledgeComplaint = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'ticket.handle');
  const asked = parseInput(Order, input);
  return onTicket({ core, caller, operation: 'acknowledgeComplaint' }, asked, async ({ tx, ticket, now }) => {
    if (ticket.kind !== 'COMPLAINT' || !isOpen(ticket) || ticket.acknowledgedAt !== null)
      return { findings: [notInThisState] };
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    await endClock(tx, ticket.id, ['ACKNOWLEDGE'], 'MET', now);
    return {
      after: { ...ticket, acknowledgedAt: now },
      lines: [{ act: 'ACKNOWLEDGED', unit: unitOf(caller), by: caller.subject }],
      told: [{ kind: ComplaintAcknowledged }],
      findings: [],
    };
  });
};
