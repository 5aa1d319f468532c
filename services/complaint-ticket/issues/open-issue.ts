import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { IssueOpened } from '#libs/contracts/events/ticket.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { startClock } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import { Order, onTicket, seenTicket } from '../commands/on-ticket.ts';
import { Text } from '../intake/complaint-input.ts';
import type { Done } from '../intake/file-complaint.ts';
import { calendarOf, type Workplace, workplaceBy } from '../standing/places.ts';
import { ticketScopeOf } from '../standing/ticket-scope.ts';
import { handledElsewhere, notInThisState, notOfThisUnit } from '../tickets/own-finding.ts';
import { saveNewTicket, saveTickets } from '../tickets/save-ticket.ts';
import { FRESH, isOpen, type Ticket } from '../tickets/ticket.ts';
import { lockTicket, ticketsWhere } from '../tickets/ticket-rows.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';
import { sealWords } from '../tickets/words.ts';

const Opening = z.object({
  idempotencyKey: z.string().min(1).max(100),
  matter: Text,
  tickets: z.array(Uuid).min(1).max(200),
});
const Linking = Order.extend({ issue: Uuid.nullish() });

const issueOf = (core: ServiceCore, caller: Actor, own: Workplace, matter: string, first: Ticket): Ticket => {
  const [id, party] = [uuidv7(), { code: own.code, place: own.place }];
  return {
    ...{ id, kind: 'ISSUE', state: 'RECEIVED', root: id, student: null, school: null, family: null },
    ...{ source: party, target: party, toldPlace: null, province: own.province, origin: 'UNIT' },
    ...{ channel: 'SYSTEM', scope: first.scope, against: [], filedBy: caller.subject },
    ...{ openedAt: core.clock.now(), sealed: sealWords(core.sealing, id, { matter }) },
    ...FRESH,
    acknowledgedAt: core.clock.now(),
  };
};

/** Complaints of the own unit with their locks; undefined where one of them is handled elsewhere, or over. */
const ownOpen = async (tx: Tx, ids: readonly string[], unit: string): Promise<Ticket[] | undefined> => {
  const locked = await ticketsWhere(tx, 'ticket_id = any($1::uuid[]) order by ticket_id for update', [ids]);
  const isFit = (each: Ticket) => each.kind === 'COMPLAINT' && isOpen(each) && each.target.code === unit;
  return locked.length === ids.length && locked.every(isFit) ? locked : undefined;
};

/**
 * A unit puts several complaints of one cause under one issue, which is handled, supervised and closed like a complaint; it cannot be
 * closed while one of them is open (TKT-01).
 */
export const openSystemicIssue = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'ticket.handle');
  const { idempotencyKey: key, matter, tickets } = parseInput(Opening, input);
  const ids = [...new Set(tickets)];
  const own = await workplaceBy(core, unitOf(caller));
  const seen = await inScope(core.app, await ticketScopeOf(core, caller), (tx) =>
    ticketsWhere(tx, 'ticket_id = any($1::uuid[])', [ids]),
  );
  const [first] = seen;
  if (own === undefined || first === undefined || seen.length !== ids.length) throw outOfJurisdiction();
  const made = issueOf(core, caller, own, matter, first);
  const at = made.openedAt;
  const request = { matter, tickets };
  const due = dueFrom('HANDLE', at, await calendarOf(core));
  const command = { operation: 'openSystemicIssue', caller: caller.subject, key, request, at };
  const done = await asWorker(core.worker, (tx) =>
    once<Done>(tx, command, async () => {
      const linked = await ownOpen(tx, ids, own.code);
      if (linked === undefined) return { ticket: null, findings: [notOfThisUnit] };
      await startClock(tx, made, due, at);
      const line = { unit: own.code, by: caller.subject };
      await saveNewTicket(tx, core.sealing, at, {
        ...{ after: made, lines: [{ act: 'RECEIVED', ...line }] },
        told: [{ kind: IssueOpened, data: { tickets: ids } }],
      });
      const changes = linked.map((before) => ({
        before,
        change: {
          after: { ...before, cause: made.id },
          lines: [{ act: 'LINKED' as const, ...line, inside: true }],
        },
      }));
      await saveTickets(tx, core.sealing, at, changes);
      return { ticket: made.id, findings: [] };
    }),
  );
  if (done.ticket !== null) for (const ticket of [done.ticket, ...ids]) tellTicket(core, ticket);
  return done;
};

/** A complaint is put under an issue of the own unit, or taken from it. */
export const linkToIssue = async (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'ticket.handle');
  const asked = parseInput(Linking, input);
  const seen = asked.issue ? await seenTicket(core, caller, asked.issue) : null;
  return onTicket({ core, caller, operation: 'linkToIssue' }, asked, async ({ tx, ticket }) => {
    const issue = seen === null ? null : ((await lockTicket(tx, seen.id)) ?? null);
    if (ticket.kind !== 'COMPLAINT' || !isOpen(ticket)) return { findings: [notInThisState] };
    const unit = unitOf(caller);
    if (ticket.target.code !== unit) return { findings: [handledElsewhere] };
    const isFit = issue === null || (issue.kind === 'ISSUE' && isOpen(issue) && issue.target.code === unit);
    if (!isFit) return { findings: [notOfThisUnit] };
    return {
      after: { ...ticket, cause: issue?.id ?? null },
      lines: [{ act: 'LINKED', unit, by: caller.subject, inside: true }],
      findings: [],
    };
  });
};
