import type { TicketKind } from '#libs/contracts/vocabulary.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Ticket } from './ticket.ts';
import { ticketsWhere } from './ticket-rows.ts';

export type TicketFilter = {
  /** Only what waits for the caller's unit or school. */
  mine?: boolean | null;
  overdue?: boolean | null;
  open?: boolean | null;
  kinds?: TicketKind[] | null;
  /** Only those on which somebody of the caller's unit or school works, by login. */
  assignedTo?: string | null;
  /** Only what waits for the caller's unit or school and nobody works on. */
  unassigned?: boolean | null;
  /** Only those that this unit or school handles, within what the caller sees. */
  unit?: string | null;
  /** Only those for which a slip is to be issued. */
  task?: boolean | null;
};

type Listing = { core: Pick<ServiceCore, 'app' | 'clock'>; actor: Actor; scope: Scope };

/** Tickets within the caller's scope, oldest first. */
export const listTickets = async (
  { core, actor, scope }: Listing,
  filter: TicketFilter,
  page: PageArguments,
): Promise<Connection<Ticket>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const mine = filter.mine === true;
  const conditions = [
    ...(mine ? ['target_unit = $1 and ended_at is null'] : ['$1::text is not null']),
    ...(actor.level === 'NONE' ? ['filed_by = $2'] : ['$2::text is not null']),
    ...(filter.task === true ? ['ended_at is null and task is not null'] : []),
    ...(filter.open === true ? ['ended_at is null'] : []),
    ...(filter.overdue === true
      ? ['ended_at is null and not due_provisional and due_at <= $3::timestamptz']
      : ['$3::timestamptz is not null']),
    ...(filter.assignedTo
      ? ['target_unit = $1 and assigned_to = $8 and ended_at is null']
      : ['($8::text is null or true)']),
    ...(filter.unassigned === true ? ['target_unit = $1 and assigned_to is null and ended_at is null'] : []),
    ...(filter.unit ? ['target_unit = $9'] : ['($9::text is null or true)']),
    '($4::text[] is null or kind = any($4))',
    '($5::timestamptz is null or (opened_at, ticket_id) > ($5::timestamptz, $6::uuid))',
  ];
  const rows = await inScope(core.app, scope, (tx) =>
    ticketsWhere(tx, `${conditions.join(' and ')} order by opened_at, ticket_id limit $7`, [
      ...[unitOf(actor), actor.subject, core.clock.now(), filter.kinds ?? null],
      ...[after?.[0] ?? null, after?.[1] ?? null, size + 1, filter.assignedTo ?? null, filter.unit ?? null],
    ]),
  );
  return connectionOf(
    rows,
    size,
    page.after,
    ({ openedAt, id }) => [openedAt, id],
    (ticket) => ticket,
  );
};
