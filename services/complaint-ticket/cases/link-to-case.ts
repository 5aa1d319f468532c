import { TicketLinkedToCase } from '#libs/contracts/events/ticket.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { Order, onTicket } from '../commands/on-ticket.ts';
import type { Done } from '../intake/file-complaint.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import { isOpen, isRoot } from '../tickets/ticket.ts';
import { CaseLinking, caseLinkOf, judgeLink } from './seen-case.ts';

const Linking = Order.extend(CaseLinking.shape);

/**
 * Whoever handles a complaint, issue or report says which case it is about and which party of the case is late; nothing of it where no
 * case is named. A unit that is late itself hands the ticket up instead (ORG-20). Slips name theirs when they are issued.
 */
export const linkToCase = async (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.handle');
  const asked = parseInput(Linking, input);
  const link = await caseLinkOf(core, caller, asked);
  return onTicket({ core, caller, operation: 'linkToCase' }, asked, async ({ ticket, today, place }) => {
    if (!isOpen(ticket) || !isRoot(ticket)) return { findings: [notInThisState] };
    const unit = unitOf(caller);
    if (ticket.target.code !== unit) return { findings: [handledElsewhere] };
    const findings = judgeLink(link, { student: ticket.student, handler: unit }, 'TKT-01', today, place);
    if (isStopped(findings)) return { findings };
    return {
      after: { ...ticket, case: link.ref, lateUnit: link.lateUnit },
      lines: [{ act: 'LINKED', unit, by: caller.subject, inside: true }],
      told: [{ kind: TicketLinkedToCase, data: { case: link.ref, lateUnit: link.lateUnit } }],
      findings,
    };
  });
};
