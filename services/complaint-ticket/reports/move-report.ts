import { z } from 'zod';
import {
  ReportSlipAccepted,
  ReportSlipAnswered,
  ReportSlipSubmitted,
} from '#libs/contracts/events/ticket.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { judgeClosing } from '#libs/law/ticket/closing.ts';
import { judgeAcceptance, judgeSeal } from '#libs/law/ticket/report-slip.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { endClock, startClock } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import { Order, onTicket, type Work } from '../commands/on-ticket.ts';
import type { Done } from '../intake/file-complaint.ts';
import { endedWith, slipsUnder } from '../slips/slips-under.ts';
import { calendarOf } from '../standing/places.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { openWords, sealWords, type TicketWords } from '../tickets/words.ts';
import { complaintsAlong, complaintsAnswered, isReportIn, stateAfter } from './along.ts';

const Sealing = Order.extend({ provincialSealApplied: z.boolean() });
const Accepting = Order.extend({
  acceptor: z.string().trim().max(120).nullish(),
  acceptingUnit: z.string().trim().max(200).nullish(),
});
const Answering = Order.extend({ ministryOpinion: z.string().trim().max(5_000).nullish() });

const MINISTRY = { code: '000000', place: 0 };

const withWords = ({ core }: Work, ticket: Ticket, more: Partial<TicketWords>): Uint8Array =>
  sealWords(core.sealing, ticket.id, { ...openWords(core.sealing, ticket), ...more });

/** The head of the province seals the report, which is with the ministry from then on; nobody waits for the province meanwhile (TKT-05). */
export const sealReportSlip =
  (mailboxes: readonly string[]) =>
  (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
    const caller = authorize(actor, 'ticket.seal');
    const asked = parseInput(Sealing, input);
    return onTicket({ core, caller, operation: 'sealReportSlip' }, asked, async (work) => {
      const { tx, ticket, now, today, place } = work;
      if (!isReportIn(ticket, 'SEAL_REPORT')) return { findings: [notInThisState] };
      if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
      const findings = judgeSeal({ sealed: asked.provincialSealApplied }, today, place);
      if (isStopped(findings)) return { findings };
      const line = { unit: unitOf(caller), by: caller.subject, toUnit: MINISTRY.code };
      const along = await complaintsAlong(work, 'SEAL_REPORT', { act: 'REPORT_SEALED', ...line });
      for (const { before } of along) {
        await endClock(tx, before.id, ['REPORT_UP'], 'MET', now);
        await endClock(tx, before.id, ['HANDLE'], 'STOPPED', now);
      }
      const after = {
        ...{ ...ticket, state: stateAfter(ticket, 'SEAL_REPORT'), target: MINISTRY, assignedTo: null },
        sealed: withWords(work, ticket, { sealedAt: now, sentTo: [...mailboxes] }),
      };
      const due = dueFrom('MINISTRY_ACCEPTS', now, await calendarOf(core));
      await startClock(tx, after, due, now);
      const data = { dueOn: due.dueOn, provisional: due.provisional };
      return {
        after,
        lines: [{ act: 'REPORT_SEALED', ...line }],
        told: [{ kind: ReportSlipSubmitted, data }],
        also: along,
        findings,
      };
    });
  };

/** The ministry accepts a report: who, for which unit, and when (TKT-12). */
export const acceptReportSlip = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.accept');
  const { acceptor = null, acceptingUnit = null, ...order } = parseInput(Accepting, input);
  const asked = { ...order, acceptor, acceptingUnit };
  return onTicket({ core, caller, operation: 'acceptReportSlip' }, asked, async (work) => {
    const { tx, ticket, now, today, place } = work;
    if (!isReportIn(ticket, 'ACCEPT_REPORT')) return { findings: [notInThisState] };
    const findings = judgeAcceptance({ acceptor, acceptingUnit, acceptedAt: now }, today, place);
    if (isStopped(findings)) return { findings };
    await endClock(tx, ticket.id, ['MINISTRY_ACCEPTS'], 'MET', now);
    await startClock(tx, ticket, dueFrom('HANDLE', now, await calendarOf(core)), now);
    const line = { act: 'REPORT_ACCEPTED' as const, unit: MINISTRY.code, by: caller.subject };
    return {
      after: {
        ...{ ...ticket, state: stateAfter(ticket, 'ACCEPT_REPORT'), acknowledgedAt: now },
        sealed: withWords(work, ticket, { acceptor, acceptingUnit, acceptedAt: now }),
      },
      lines: [line],
      told: [{ kind: ReportSlipAccepted }],
      also: await complaintsAlong(work, 'ACCEPT_REPORT', line),
      findings,
    };
  });
};

/** The ministry answers a report with its opinion, which ends it, and its complaints are the province's to end; not while a slip that it has given out is open (TKT-12, TKT-01). */
export const answerReportSlip = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.accept');
  const asked = parseInput(Answering, input);
  return onTicket({ core, caller, operation: 'answerReportSlip' }, asked, async (work) => {
    const { tx, ticket, now, today, place } = work;
    const words = openWords(core.sealing, ticket);
    if (ticket.kind !== 'REPORT' || !words.acceptedAt) return { findings: [notInThisState] };
    const slips = await slipsUnder(tx, ticket);
    const opinion = asked.ministryOpinion ?? null;
    const { acceptor = null, acceptingUnit = null, acceptedAt } = words;
    const parts = slips.map(({ state }) => ({ kind: 'SLIP' as const, closed: state !== 'ISSUED' }));
    const findings = [
      ...judgeAcceptance({ acceptor, acceptingUnit, acceptedAt, opinion }, today, place),
      ...judgeClosing({ parts, result: opinion ?? '-' }, today, place),
    ];
    if (isStopped(findings)) return { findings };
    if (!isReportIn(ticket, 'CLOSE')) return { findings: [notInThisState] };
    await endClock(tx, ticket.id, [], 'MET', now);
    const line = { act: 'REPORT_ANSWERED' as const, unit: MINISTRY.code, by: caller.subject };
    return {
      after: {
        ...{ ...ticket, state: stateAfter(ticket, 'CLOSE'), answeredAt: now, endedAt: now },
        sealed: withWords(work, ticket, { ministryOpinion: opinion }),
      },
      lines: [line],
      told: [{ kind: ReportSlipAnswered }],
      also: [...endedWith(slips, line, now), ...(await complaintsAnswered(work, line))],
      findings,
    };
  });
};
