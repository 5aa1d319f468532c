import { ReportSlipWithdrawn } from '#libs/contracts/events/ticket.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { Order, onTicket } from '../commands/on-ticket.ts';
import { Text } from '../intake/complaint-input.ts';
import type { Done } from '../intake/file-complaint.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import { complaintsAlong, isReportIn } from './along.ts';

const Withdrawing = Order.extend({ reason: Text });

/** The province takes back a draft that the ministry has not got yet; its complaints are with the province as before. */
export const withdrawReportSlip = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.report');
  const asked = parseInput(Withdrawing, input);
  return onTicket({ core, caller, operation: 'withdrawReportSlip' }, asked, async (work) => {
    const { ticket, now } = work;
    if (!isReportIn(ticket, 'WITHDRAW_REPORT')) return { findings: [notInThisState] };
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const line = {
      ...{ act: 'REPORT_WITHDRAWN' as const, unit: unitOf(caller), by: caller.subject },
      words: asked.reason,
    };
    const along = await complaintsAlong(work, 'WITHDRAW_REPORT', line);
    return {
      after: { ...ticket, state: 'WITHDRAWN', endedAt: now },
      lines: [line],
      told: [{ kind: ReportSlipWithdrawn }],
      also: along.map(({ before, change }) => ({
        before,
        change: { ...change, after: { ...change.after, report: null } },
      })),
      findings: [],
    };
  });
};
