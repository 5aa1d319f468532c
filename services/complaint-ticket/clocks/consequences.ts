import { TicketEscalated, TicketOverdue } from '#libs/contracts/events/ticket.ts';
import { escalationOf } from '#libs/law/ticket/clocks.ts';
import { type Authority, authorityAbove } from '#libs/law/ticket/scope.ts';
import type { NewLine } from '../history/line.ts';
import type { Workplace } from '../standing/places.ts';
import type { Change, Told } from '../tickets/save-ticket.ts';
import { isOpen, isRoot, type Ticket } from '../tickets/ticket.ts';
import type { Clock } from './clock.ts';

/** What is known of the tree: the way down to a unit, and a unit's place. */
export type Tree = {
  wayTo(code: string): readonly Authority[];
  workplace(code: string): Workplace | undefined;
};

/** What has become of tickets within one batch; a ticket that is not in it is as it was read. */
export type Batch = {
  changed: Map<string, { before: Ticket; change: Required<Change> }>;
  /** Complaints that went up and whose time begins anew. */
  anew: Set<string>;
};

const changeOf = ({ changed }: Batch, ticket: Ticket): Required<Change> => {
  const known = changed.get(ticket.id);
  if (known !== undefined) return known.change;
  const change = { after: ticket, lines: [], told: [] };
  changed.set(ticket.id, { before: ticket, change });
  return change;
};

const note = (batch: Batch, ticket: Ticket, after: Partial<Ticket>, line: NewLine, told?: Told): void => {
  const change = changeOf(batch, ticket);
  changed(batch, ticket, {
    after: { ...change.after, ...after },
    lines: [...change.lines, line],
    told: told === undefined ? change.told : [...change.told, told],
  });
};

const changed = (batch: Batch, before: Ticket, change: Required<Change>): void => {
  batch.changed.set(before.id, { before: batch.changed.get(before.id)?.before ?? before, change });
};

type Why = { reason: 'OVERDUE' | 'SLIP_OVERDUE'; task: Ticket['task'] };

/** A complaint goes up a level, or is marked for a slip where it stands; above the ministry there is nobody. */
const escalate = (batch: Batch, tree: Tree, ticket: Ticket, { reason, task }: Why, goesUp: boolean): void => {
  const { target } = changeOf(batch, ticket).after;
  const above = goesUp ? authorityAbove(tree.wayTo(target.code), target.code) : undefined;
  const unit = above && tree.workplace(above.unit);
  if (unit === undefined && task === null) return;
  const to = unit === undefined ? target : { code: unit.code, place: unit.place };
  if (unit !== undefined) batch.anew.add(ticket.id);
  note(
    batch,
    ticket,
    { target: to, ...(unit === undefined ? {} : { assignedTo: null }), ...(task === null ? {} : { task }) },
    { act: 'ESCALATED', unit: null, by: null, toUnit: to.code },
    { kind: TicketEscalated, data: { reason, from: target.code, task } },
  );
};

/**
 * What follows from a due day that has passed: it is on record; a complaint that nobody has handled goes up a level (TKT-01); a
 * verification slip asks for a supervision slip where it was issued, a supervision slip for one of the next level (TKT-15). What several
 * clocks of one moment tell raises a complaint by one level.
 */
export const passedOver = (
  batch: Batch,
  tree: Tree,
  {
    clock,
    due,
    ticket,
    root,
  }: {
    clock: Clock['clock'];
    due: Pick<Clock, 'dueOn' | 'dueAt' | 'provisional'>;
    ticket: Ticket;
    root: Ticket;
  },
  now: string,
): void => {
  note(
    batch,
    ticket,
    {},
    { act: 'OVERDUE', unit: null, by: null },
    { kind: TicketOverdue, data: { clock, dueOn: due.dueOn } },
  );
  if (isRoot(ticket)) {
    const isUp = batch.anew.has(ticket.id);
    if (clock === 'HANDLE' && isOpen(ticket) && !isUp)
      escalate(batch, tree, ticket, { reason: 'OVERDUE', task: null }, true);
    return;
  }
  const { kind } = ticket;
  if (clock !== 'SLIP' || !isOpen(root) || (kind !== 'VERIFICATION' && kind !== 'SUPERVISION')) return;
  const { provisional } = due;
  const slip = { kind, dueAt: new Date(due.dueAt), provisional, answeredAt: null };
  const escalation = escalationOf(slip, new Date(now));
  if (escalation === undefined) return;
  const why = { reason: 'SLIP_OVERDUE' as const, task: escalation.task };
  const isAtIssuer = changeOf(batch, root).after.target.code === ticket.source.code;
  escalate(batch, tree, root, why, escalation.at === 'NEXT_LEVEL' && isAtIssuer);
};
