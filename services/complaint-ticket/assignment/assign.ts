import { z } from 'zod';
import { isStopped, type OwnFinding } from '#libs/law/own-finding.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { Order, onTicket } from '../commands/on-ticket.ts';
import type { Done } from '../intake/file-complaint.ts';
import { handledElsewhere, notInThisState, sameHands } from '../tickets/own-finding.ts';
import { isOpen } from '../tickets/ticket.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';
import { judgeColleague } from './colleague.ts';
import { AT_ONCE, passOn } from './pass-on.ts';

const Login = z.string().trim().min(1).max(200);
const Assigning = Order.extend({ to: Login.nullish() });
const HandingOver = z.object({ idempotencyKey: z.string().min(1).max(100), from: Login, to: Login });

/** The unit or school that handles a ticket says who of its people works on it, or that nobody does. */
export const assignTicket = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.assign');
  const asked = parseInput(Assigning, input);
  return onTicket({ core, caller, operation: 'assignTicket' }, asked, async ({ ticket }) => {
    if (!isOpen(ticket)) return { findings: [notInThisState] };
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const findings = asked.to ? await judgeColleague(core, caller, asked.to) : [];
    if (isStopped(findings)) return { findings };
    return {
      after: { ...ticket, assignedTo: asked.to ?? null },
      lines: [{ act: 'ASSIGNED', unit: unitOf(caller), by: caller.subject, inside: true }],
      findings,
    };
  });
};

/** What of somebody's open tickets went to somebody else, and whether more are left. */
export type HandedOver = { handedOver: number; left: boolean; findings: OwnFinding[] };

/** When a registrar changes, the open tickets of the one go to the other, within the own unit or school; who has more asks again. */
export const handOverTickets = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<HandedOver> => {
  const caller = authorize(actor, 'ticket.hand-over');
  const { idempotencyKey: key, from, to } = parseInput(HandingOver, input);
  if (from === to) return { handedOver: 0, left: false, findings: [sameHands] };
  const against = await judgeColleague(core, caller, to);
  if (isStopped(against)) return { handedOver: 0, left: false, findings: against };
  const at = core.clock.now();
  const unit = unitOf(caller);
  const command = { operation: 'handOverTickets', caller: caller.subject, key, request: { from, to }, at };
  let moved: string[] = [];
  const done = await asWorker(core.worker, (tx) =>
    once<HandedOver>(tx, command, async () => {
      const line = { act: 'ASSIGNED' as const, unit, by: caller.subject, inside: true };
      moved = await passOn(tx, core, { unit, from, to, line, at });
      return { handedOver: moved.length, left: moved.length === AT_ONCE, findings: [] };
    }),
  );
  for (const ticket of moved) tellTicket(core, ticket);
  return done;
};
