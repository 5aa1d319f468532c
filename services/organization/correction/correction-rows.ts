import { LockMode } from '@mikro-orm/core';
import type { EventKind } from '#libs/contracts/envelope.ts';
import type { CorrectionFact } from '#libs/contracts/events/correction.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { CorrectionOrder } from './correction.ts';
import { CorrectionTable } from './correction-table.ts';

export type OrderWrite = { order: CorrectionOrder; kind: EventKind };

/** Orders within the scope by id, in no order. */
export const ordersById = async (tx: Tx, ids: readonly string[]): Promise<CorrectionOrder[]> =>
  (await tx.find(CorrectionTable, { orderId: { $in: [...ids] } })).map((row) => ({ ...row }));

/** Orders within the scope by id, locked until the transaction ends. */
export const lockOrders = async (tx: Tx, ids: readonly string[]): Promise<CorrectionOrder[]> =>
  (
    await tx.find(
      CorrectionTable,
      { orderId: { $in: [...ids] } },
      { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { orderId: 'asc' } },
    )
  ).map((row) => ({ ...row }));

/** Writes orders, each with the one event that tells of the change: aggregate `correction:<id>`, the next version. */
export const saveOrders = async (tx: Tx, writes: readonly OrderWrite[], at: string): Promise<void> => {
  await insertRows(
    tx,
    'correction_order',
    columns,
    writes.map(({ order }) => rowOf({ ...order, version: order.version + 1 })),
    `on conflict (order_id) do update set ${updates}`,
  );
  await recordEvents(
    tx,
    at,
    writes.map(({ order, kind }) =>
      recorded(kind, `correction:${order.orderId}`, order.version + 1, factOf(order)),
    ),
  );
};

const factOf = (order: CorrectionOrder): CorrectionFact => ({
  order: order.orderId,
  target: order.target,
  province: order.province,
  kind: order.kind,
  orderedBy: order.orderedBy,
  state: order.state,
  dueOn: order.dueOn,
  provisional: order.provisional,
  escalatedTo: order.escalatedTo,
  ...(order.ticket === null ? {} : { ticket: order.ticket }),
});

const columns: Columns = [
  ['order_id', 'uuid'],
  ['target', 'text'],
  ['is_school', 'boolean'],
  ['unit', 'text'],
  ['province', 'text'],
  ['place', 'bigint'],
  ['kind', 'text'],
  ['evidence', 'text'],
  ['ticket_id', 'uuid'],
  ['ordered_by', 'text'],
  ['ordered_at', 'timestamptz'],
  ['due_on', 'date'],
  ['provisional', 'boolean'],
  ['calendar_version', 'text'],
  ['state', 'text'],
  ['measures', 'text'],
  ['reported_at', 'timestamptz'],
  ['remark', 'text'],
  ['closed_at', 'timestamptz'],
  ['closed_by', 'text'],
  ['escalated_to', 'text'],
  ['escalated_at', 'timestamptz'],
  ['findings', 'jsonb'],
  ['version', 'int'],
];

const updates = columns
  .map(([name]) => name)
  .filter((name) => name !== 'order_id')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The values in the order of `columns`. */
const rowOf = (order: CorrectionOrder): unknown[] => [
  order.orderId,
  order.target,
  order.isSchool,
  order.unit,
  order.province,
  order.place,
  order.kind,
  order.evidence,
  order.ticket,
  order.orderedBy,
  instant(order.orderedAt),
  order.dueOn,
  order.provisional,
  order.calendarVersion,
  order.state,
  order.measures,
  instant(order.reportedAt),
  order.remark,
  instant(order.closedAt),
  order.closedBy,
  order.escalatedTo,
  instant(order.escalatedAt),
  JSON.stringify(order.findings),
  order.version,
];
