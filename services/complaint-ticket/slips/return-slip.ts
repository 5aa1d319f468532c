import { SlipWithdrawn, TicketReturned } from '#libs/contracts/events/ticket.ts';
import { Day } from '#libs/contracts/ids.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { judgeDueDay, type SlipKind } from '#libs/law/ticket/slip.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { clocksOf, endClock, startClock } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import { Order, onTicket, type Work } from '../commands/on-ticket.ts';
import { Text } from '../intake/complaint-input.ts';
import type { Done } from '../intake/file-complaint.ts';
import { calendarOf } from '../standing/places.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import { isOpen, isRoot, type Ticket } from '../tickets/ticket.ts';
import { rootBySlips } from './slips-under.ts';

const Returning = Order.extend({ reason: Text, dueOn: Day.nullish() });
const Withdrawing = Order.extend({ reason: Text });

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
    const after: Ticket = { ...ticket, state: 'ISSUED', answeredAt: null };
    return {
      after,
      lines: [line],
      told: [{ kind: TicketReturned, data }],
      also: [{ before: root, change: { after: await rootBySlips(tx, root, after), lines: [line] } }],
      findings,
    };
  });
};

/** A complaint that was handled already and has lost the slip that followed is to be handled again, by a day. */
const againstClock = async ({ core, tx, now }: Work, root: Ticket): Promise<void> => {
  if (root.state !== 'RECEIVED' || !isOpen(root)) return;
  const running = await clocksOf(tx, [root.id]);
  if (running.some(({ clock, state }) => clock === 'HANDLE' && state === 'RUNNING')) return;
  await startClock(tx, root, dueFrom('HANDLE', now, await calendarOf(core)), now);
};

/** True for the unit that may take a slip back: the issuer, and the one to which what it hangs on has gone up. */
export const mayWithdraw = (slip: Ticket, root: Ticket | null, unit: string): boolean =>
  slip.source.code === unit || root?.target.code === unit;

/** The issuer takes back a slip that is not needed any more, and says why; so does whoever handles the complaint after it. */
export const withdrawSlip = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.decide');
  const asked = parseInput(Withdrawing, input);
  return onTicket({ core, caller, operation: 'withdrawSlip' }, asked, async (work) => {
    const { tx, ticket, root, now } = work;
    if (isRoot(ticket) || ticket.state !== 'ISSUED') return { findings: [notInThisState] };
    if (!mayWithdraw(ticket, root, unitOf(caller))) return { findings: [handledElsewhere] };
    await endClock(tx, ticket.id, [], 'STOPPED', now);
    const line = {
      ...{ act: 'SLIP_WITHDRAWN' as const, unit: unitOf(caller), by: caller.subject },
      ...{ toUnit: ticket.target.code, words: asked.reason },
    };
    const after: Ticket = { ...ticket, state: 'WITHDRAWN', endedAt: now };
    const above = await rootBySlips(tx, root, after);
    await againstClock(work, above);
    return {
      after,
      lines: [line],
      told: [{ kind: SlipWithdrawn, data: { issuer: ticket.source.code } }],
      also: [{ before: root, change: { after: above, lines: [line] } }],
      findings: [],
    };
  });
};
