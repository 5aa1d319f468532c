import { randomUUID } from 'node:crypto';
import { IssueFinished } from '#libs/contracts/events/certificate.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { issueChunk } from './issue-chunk.ts';
import type { IssueOrder } from './issue-order.ts';
import { finishOrder, heldOrder, leaseOrder, ordersWhere } from './order-rows.ts';

const finish = (core: ServiceCore, { id }: IssueOrder, lease: string): Promise<void> =>
  asWorker(core.worker, async (tx) => {
    const order = await heldOrder(tx, id, lease);
    if (order === undefined) return;
    const at = core.clock.now();
    await finishOrder(tx, id, at);
    const { issuer, province, issued, skipped } = order;
    await recordEvents(tx, at, [
      recorded(IssueFinished, `issue-order:${id}`, order.events + 1, {
        ...{ order: id, issuer, province, issued, skipped },
      }),
    ]);
  });

/** Carries out the oldest waiting order, chunk after chunk, until it is done, paused or taken over. True where there was one. */
export const issueNext = async (core: ServiceCore, mayGoOn: () => boolean = () => true): Promise<boolean> => {
  const lease = randomUUID();
  let order: IssueOrder | undefined = await asWorker(core.worker, (tx) => leaseOrder(tx, lease));
  if (order === undefined) return false;
  while (order !== undefined && mayGoOn()) {
    const { id }: IssueOrder = order;
    const done = await issueChunk(core, order, lease);
    core.wakeRelay();
    core.bus.signal(`issue.${id}`, { order: id });
    if (done === 'STOPPED') return true;
    if (done === 'LAST') {
      await finish(core, order, lease);
      core.wakeRelay();
      return true;
    }
    order = await asWorker(core.worker, async (tx) => (await ordersWhere(tx, 'order_id = $1', [id]))[0]);
  }
  return true;
};

/** The worker of orders to issue. */
export const startIssueWorker = (core: ServiceCore): Loop =>
  until({ name: 'issue of certificates', log: core.log, idle: 500, step: () => issueNext(core) });
