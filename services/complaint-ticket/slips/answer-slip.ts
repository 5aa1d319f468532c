import { SupervisionSlipAnswered, VerificationSlipAnswered } from '#libs/contracts/events/ticket.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { judgeAnswer, type SlipKind } from '#libs/law/ticket/slip.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { endClock, startClock } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import { Order, onTicket, type Work } from '../commands/on-ticket.ts';
import type { Done } from '../intake/file-complaint.ts';
import { calendarOf } from '../standing/places.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import { isOpen, type Ticket } from '../tickets/ticket.ts';
import { openWords, sealWords } from '../tickets/words.ts';
import { SlipFields } from './slip-form.ts';
import { rootBySlips } from './slips-under.ts';

const Answering = Order.extend(SlipFields.shape);

const KINDS = {
  VERIFICATION: {
    operation: 'answerVerificationSlip',
    event: VerificationSlipAnswered,
  },
  SUPERVISION: {
    operation: 'answerSupervisionSlip',
    event: SupervisionSlipAnswered,
  },
} as const;

/** What hangs above goes on once nobody else is waited for; whoever supervises has five working days to accept the answer (W-20). */
const rootAfter = async ({ core, tx, root, now }: Work, slip: Ticket): Promise<Ticket> => {
  if (isOpen(root) && slip.kind === 'SUPERVISION')
    await startClock(tx, root, dueFrom('ACCEPT_ANSWER', now, await calendarOf(core)), now);
  return rootBySlips(tx, root, slip);
};

const answerSlip = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
  kind: SlipKind,
): Promise<Done> => {
  const caller = authorize(actor, 'ticket.answer');
  const { idempotencyKey, ticket: id, expectedVersion, ...fields } = parseInput(Answering, input);
  const order = { idempotencyKey, ticket: id, expectedVersion, ...fields };
  const { operation, event } = KINDS[kind];
  return onTicket({ core, caller, operation }, order, async (work) => {
    const { tx, ticket, root, now, today, place } = work;
    if (ticket.kind !== kind || ticket.state !== 'ISSUED') return { findings: [notInThisState] };
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const findings = judgeAnswer({ kind, fields }, today, place);
    if (isStopped(findings)) return { findings };
    const { handler, handlerPhone, verifiedFacts, handlingResult } = fields;
    const said = { handler, handlerPhone, verifiedFacts, handlingResult };
    const words = { ...openWords(core.sealing, ticket), ...said };
    await endClock(tx, id, ['SLIP'], 'MET', now);
    const line = { act: 'SLIP_ANSWERED' as const, unit: unitOf(caller), by: caller.subject };
    const sealed = sealWords(core.sealing, id, words);
    const after: Ticket = { ...ticket, state: 'ANSWERED', answeredAt: now, sealed };
    return {
      after,
      lines: [line],
      told: [{ kind: event, data: { issuer: ticket.source.code } }],
      also: [{ before: root, change: { after: await rootAfter(work, after), lines: [line] } }],
      findings,
    };
  });
};

/** The verifying unit tells what it found, in its own part of the slip (form F7, TKT-10). */
export const answerVerificationSlip = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => answerSlip(core, actor, input, 'VERIFICATION');

/** The undertaking unit tells what it did, in its own part of the slip (form F8, TKT-11). */
export const answerSupervisionSlip = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => answerSlip(core, actor, input, 'SUPERVISION');
