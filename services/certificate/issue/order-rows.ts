import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { IssueOrder } from './issue-order.ts';

type Row = {
  order_id: string;
  issuer: string;
  place: string;
  province: string;
  batch_id: string | null;
  state: IssueOrder['state'];
  handler: string;
  prepared_by: string;
  prepared_at: Date;
  responsible: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  total: number;
  issued: number;
  skipped: number;
  upto: string;
  after: string;
  attempts: number;
  failure: string | null;
  finished_at: Date | null;
  version: number;
  events: number;
};

const columns = `order_id, issuer, place, province, batch_id, state, handler, prepared_by, prepared_at, responsible,
  decided_by, decided_at, total, issued, skipped, upto, after, attempts, failure, finished_at, version, events`;

const instant = (at: Date | null): string | null => (at === null ? null : new Date(at).toISOString());

const orderOf = (row: Row): IssueOrder => ({
  id: row.order_id,
  issuer: row.issuer,
  place: Number(row.place),
  province: row.province,
  batch: row.batch_id,
  state: row.state,
  handler: row.handler,
  responsible: row.responsible,
  preparedBy: row.prepared_by,
  preparedAt: new Date(row.prepared_at).toISOString(),
  decidedBy: row.decided_by,
  decidedAt: instant(row.decided_at),
  total: row.total,
  issued: row.issued,
  skipped: row.skipped,
  upto: Number(row.upto),
  after: Number(row.after),
  attempts: row.attempts,
  failure: row.failure,
  finishedAt: instant(row.finished_at),
  version: row.version,
  events: row.events,
});

/** Orders of which a condition is true, as far as the scope covers them; condition and order are texts of this service. */
export const ordersWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<IssueOrder[]> =>
  (await query<Row>(tx, `select ${columns} from issue_order where ${condition}`, parameters)).map(orderOf);

export const insertOrder = (tx: Tx, order: IssueOrder): Promise<number> =>
  execute(
    tx,
    `insert into issue_order (order_id, issuer, place, province, batch_id, state, handler, prepared_by, prepared_at, total,
       version, events) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 0)`,
    [
      ...[order.id, order.issuer, order.place, order.province, order.batch, order.state, order.handler],
      ...[order.preparedBy, order.preparedAt, order.total],
    ],
  );

/** Writes what was decided about an order; its version grows. */
export const updateOrder = (tx: Tx, order: IssueOrder): Promise<number> =>
  execute(
    tx,
    `update issue_order set state = $2, responsible = $3, decided_by = $4, decided_at = $5, total = $6, upto = $7, attempts = 0,
       failure = null, lease = null, lease_until = null, version = version + 1 where order_id = $1`,
    [order.id, order.state, order.responsible, order.decidedBy, order.decidedAt, order.total, order.upto],
  );

const leaseFor = 10_000;

/** Leases run on the machine's clock, not on business time: they tell a dead worker from a slow one. */
const leaseEnd = (): string => new Date(Date.now() + leaseFor).toISOString();

/** Takes the oldest order that nobody carries out, under a lease; that of a dead worker runs out by itself. */
export const leaseOrder = async (tx: Tx, lease: string): Promise<IssueOrder | undefined> => {
  const [row] = await query<Row>(
    tx,
    `update issue_order set lease = $1, lease_until = $2
     where order_id = (select order_id from issue_order
       where state = 'RUNNING' and (lease_until is null or lease_until < $3)
       order by prepared_at, order_id limit 1 for update skip locked)
     returning ${columns}`,
    [lease, leaseEnd(), new Date().toISOString()],
  );
  return row && orderOf(row);
};

/** An order that is still this worker's to carry out, locked; undefined where it was paused, or another has taken it. */
export const heldOrder = async (tx: Tx, id: string, lease: string): Promise<IssueOrder | undefined> =>
  (await ordersWhere(tx, `order_id = $1 and state = 'RUNNING' and lease = $2 for update`, [id, lease]))[0];

/** How far an order came with a chunk, and that its worker goes on. */
export type Progress = Pick<IssueOrder, 'id' | 'issued' | 'skipped' | 'after'>;

export const keepProgress = (tx: Tx, { id, issued, skipped, after }: Progress): Promise<number> =>
  execute(
    tx,
    `update issue_order set issued = $2, skipped = $3, attempts = 0, after = $4, lease_until = $5 where order_id = $1`,
    [id, issued, skipped, after, leaseEnd()],
  );

/** Between two tries of an order that failed, in milliseconds for each try before. */
const patience = 200;

/** Notes that an order failed: it is tried again after a while, or stops where `failure` says why. */
export const noteFailure = (
  tx: Tx,
  { id, attempts }: Pick<IssueOrder, 'id' | 'attempts'>,
  failure: string | null,
): Promise<number> =>
  execute(
    tx,
    `update issue_order set attempts = $2, failure = $3, state = case when $3::text is null then state else 'FAILED' end,
       lease = null, lease_until = $4, version = version + case when $3::text is null then 0 else 1 end,
       events = events + case when $3::text is null then 0 else 1 end where order_id = $1`,
    [id, attempts, failure, new Date(Date.now() + patience * attempts).toISOString()],
  );

export const finishOrder = (tx: Tx, id: string, at: string): Promise<number> =>
  execute(
    tx,
    `update issue_order set state = 'DONE', finished_at = $2, lease = null, lease_until = null, version = version + 1,
       events = events + 1 where order_id = $1`,
    [id, at],
  );
