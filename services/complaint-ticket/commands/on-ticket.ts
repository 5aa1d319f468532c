import { z } from 'zod';
import { isUuid } from '#libs/contracts/ids.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { isStopped, type OwnFinding } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Done } from '../intake/file-complaint.ts';
import { isAnothers } from '../standing/parties.ts';
import { lawPlaceOf } from '../standing/places.ts';
import { ticketScopeOf } from '../standing/ticket-scope.ts';
import { type Change, saveNewTicket, saveTickets } from '../tickets/save-ticket.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { lockTicket, ticketsWhere } from '../tickets/ticket-rows.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';

/** What every order about a ticket names. */
export const Order = z.object({
  idempotencyKey: z.string().min(1).max(100),
  ticket: z.string().max(100),
  expectedVersion: z.int(),
});
export type Order = z.infer<typeof Order>;

/** A ticket with its lock, and the law of the unit that handles it. */
export type Work = {
  core: ServiceCore;
  tx: Tx;
  caller: Actor;
  ticket: Ticket;
  /** What it hangs on; itself where it hangs on nothing. */
  root: Ticket;
  place: LawPlace;
  today: string;
  now: string;
};

/** What an order makes of a ticket, or findings against it. */
export type Outcome = Partial<Change> & {
  /** Other tickets that change with it: new ones, and what it hangs on. */
  also?: readonly { before: Ticket | undefined; change: Change }[];
  /** The ticket that the caller is to see, where that is another. */
  shown?: string;
  findings: readonly OwnFinding[];
};

/** A ticket as the caller sees it; OUT_OF_JURISDICTION for what the rows do not show, existing or not (PRV-12). */
export const seenTicket = async (core: ServiceCore, caller: Actor, id: string): Promise<Ticket> => {
  const scope = await ticketScopeOf(core, caller);
  const [seen] = isUuid(id)
    ? await inScope(core.app, scope, (tx) => ticketsWhere(tx, 'ticket_id = $1', [id]))
    : [];
  if (seen === undefined || isAnothers(seen, caller)) throw outOfJurisdiction();
  return seen;
};

/**
 * Runs one order on a ticket once for each key. The rows show the caller the ticket or do not (OUT_OF_JURISDICTION); what they
 * have shown is carried out by the service on that very version, VERSION_CONFLICT where it is another meanwhile. What stands above
 * a slip is locked before it.
 */
export const onTicket = async (
  { core, caller, operation }: Command,
  order: Order,
  act: (work: Work) => Promise<Outcome>,
): Promise<Done> => {
  const { idempotencyKey: key, ticket: id, expectedVersion } = order;
  const seen = await seenTicket(core, caller, id);
  const place = await lawPlaceOf(core, seen.target.code);
  const [now, today] = [core.clock.now(), core.clock.today()];
  const asked = { operation, caller: caller.subject, key, request: order, at: now };
  let changed = [id];
  const done = await asWorker(core.worker, (tx) =>
    once<Done>(tx, asked, async () => {
      changed = [id];
      const above = seen.root === id ? undefined : await lockTicket(tx, seen.root);
      const ticket = await lockTicket(tx, id);
      if (ticket === undefined) throw outOfJurisdiction();
      const root = above ?? ticket;
      if (ticket.version !== expectedVersion) throw versionConflict(ticket.version);
      const outcome = await act({ core, tx, caller, ticket, root, place, today, now });
      const { findings, after, also = [], shown = id, ...rest } = outcome;
      if (after === undefined || isStopped(findings)) return { ticket: null, findings };
      for (const { before, change } of also) {
        if (before === undefined) await saveNewTicket(tx, core.sealing, now, change);
        changed.push(change.after.id);
      }
      const others = also.flatMap(({ before, change }) => (before === undefined ? [] : [{ before, change }]));
      const own = { before: ticket, change: { after, ...rest } };
      await saveTickets(tx, core.sealing, now, [own, ...others]);
      return { ticket: shown, findings };
    }),
  );
  if (done.ticket !== null) for (const each of changed) tellTicket(core, each);
  return done;
};
