import type { Reads } from '#libs/platform/database/reads.ts';
import type { IssueOrder } from './issue/issue-order.ts';
import { type LeftOut, leftOutOf } from './issue/order-list.ts';
import { ordersWhere } from './issue/order-rows.ts';
import type { OutcomeBatch } from './outcomes/batch.ts';
import { batchesWhere } from './outcomes/batch-rows.ts';
import type { Outcome } from './outcomes/outcome.ts';
import { outcomesWhere } from './outcomes/outcome-rows.ts';

/** Reads of batches and orders, bound to the caller's scope by the database itself. */
export type WorkReads = {
  batch(id: string): Promise<OutcomeBatch | undefined>;
  outcomesOf(batch: string): Promise<Outcome[]>;
  order(id: string): Promise<IssueOrder | undefined>;
  leftOutOf(order: string, first: number): Promise<LeftOut[]>;
};

export const createWorkReads = (read: Reads): WorkReads => ({
  batch: (id) => read(async (tx) => (await batchesWhere(tx, 'batch_id = $1', [id]))[0]),
  outcomesOf: (batch) => read((tx) => outcomesWhere(tx, 'batch_id = $1 order by person_id', [batch])),
  order: (id) => read(async (tx) => (await ordersWhere(tx, 'order_id = $1', [id]))[0]),
  leftOutOf: (order, first) => read((tx) => leftOutOf(tx, order, first)),
});
