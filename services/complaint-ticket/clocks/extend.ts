import { TicketDueMoved, TicketEscalated } from '#libs/contracts/events/ticket.ts';
import { Day } from '#libs/contracts/ids.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { TICKET_DAYS } from '#libs/law/ticket/clocks.ts';
import { isWithMinistry } from '#libs/law/ticket/course.ts';
import { authorityAbove } from '#libs/law/ticket/scope.ts';
import { judgeDueDay } from '#libs/law/ticket/slip.ts';
import { addWorkingDays } from '#libs/law/working-days.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { Order, onTicket } from '../commands/on-ticket.ts';
import { Text } from '../intake/complaint-input.ts';
import type { Done } from '../intake/file-complaint.ts';
import { calendarOf, wayTo, workplaceBy } from '../standing/places.ts';
import {
  extendedAlready,
  extensionTooLong,
  handledElsewhere,
  nobodyAbove,
  notInThisState,
} from '../tickets/own-finding.ts';
import { isOpen, isRoot } from '../tickets/ticket.ts';
import { clocksOf, startClock } from './clock-rows.ts';
import { dueFrom } from './due.ts';

const Extending = Order.extend({ dueOn: Day, reason: Text });
const Escalating = Order.extend({ reason: Text });

/**
 * More time, with a reason: the issuer gives it for a slip; for a complaint the head of the unit that handles it does, once, and
 * by as many working days at most as there were in the first place (ours).
 */
export const extendTicket = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.decide');
  const asked = parseInput(Extending, input);
  return onTicket({ core, caller, operation: 'extendTicket' }, asked, async (work) => {
    const { tx, ticket, now, today, place } = work;
    const kind = isRoot(ticket) ? 'HANDLE' : 'SLIP';
    const running = (await clocksOf(tx, [ticket.id])).find(
      ({ clock, state }) => clock === kind && state === 'RUNNING',
    );
    if (!isOpen(ticket) || running === undefined) return { findings: [notInThisState] };
    const giver = kind === 'SLIP' ? ticket.source : ticket.target;
    if (giver.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const calendar = await calendarOf(core);
    const latest = addWorkingDays(running.dueOn, TICKET_DAYS.HANDLE, calendar).dueDate;
    const isTooLong = asked.dueOn <= running.dueOn || (kind === 'HANDLE' && asked.dueOn > latest);
    const form = ticket.kind === 'SUPERVISION' ? 'SUPERVISION' : 'VERIFICATION';
    const findings = [
      ...(kind === 'HANDLE' && running.byHand ? [extendedAlready] : []),
      ...(isTooLong ? [extensionTooLong] : []),
      ...(kind === 'SLIP' ? judgeDueDay(form, asked.dueOn, today, place, calendar) : []),
    ];
    if (isStopped(findings)) return { findings };
    const due = dueFrom(kind, now, calendar, asked.dueOn);
    await startClock(tx, ticket, due, now);
    const data = { clock: kind, dueOn: due.dueOn, provisional: due.provisional };
    return {
      after: ticket,
      lines: [{ act: 'EXTENDED', unit: giver.code, by: caller.subject, words: asked.reason }],
      told: [{ kind: TicketDueMoved, data }],
      findings,
    };
  });
};

/** The head of the unit that handles a complaint hands it up a level, with a reason (TKT-01). */
export const escalateTicket = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.decide');
  const asked = parseInput(Escalating, input);
  return onTicket({ core, caller, operation: 'escalateTicket' }, asked, async ({ tx, ticket, now }) => {
    if (ticket.kind !== 'COMPLAINT' || !isOpen(ticket) || isWithMinistry(ticket.state))
      return { findings: [notInThisState] };
    const { code: from } = ticket.target;
    if (from !== unitOf(caller)) return { findings: [handledElsewhere] };
    const above = authorityAbove(await wayTo(core, from), from);
    const unit = above && (await workplaceBy(core, above.unit));
    if (unit === undefined) return { findings: [nobodyAbove] };
    const after = { ...ticket, target: { code: unit.code, place: unit.place }, assignedTo: null };
    await startClock(tx, after, dueFrom('HANDLE', now, await calendarOf(core)), now);
    const line = { unit: from, by: caller.subject, toUnit: unit.code, words: asked.reason };
    return {
      after,
      lines: [{ act: 'ESCALATED', ...line }],
      told: [{ kind: TicketEscalated, data: { reason: 'BY_HAND', from, task: null } }],
      findings: [],
    };
  });
};
