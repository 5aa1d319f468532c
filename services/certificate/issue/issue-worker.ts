import { randomUUID } from 'node:crypto';
import { IssueFailed, IssueFinished } from '#libs/contracts/events/certificate.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { AppError } from '#libs/platform/errors/errors.ts';
import { isOverload, isTransient } from '#libs/platform/errors/sql-state.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { issueChunk } from './issue-chunk.ts';
import type { IssueOrder } from './issue-order.ts';
import { finishOrder, heldOrder, leaseOrder, noteFailure, ordersWhere } from './order-rows.ts';
import { NumbersExhausted } from './serials.ts';

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

/** So often in a row a fault that may pass is tried again. */
const mostAttempts = 3;

/** Others are not there, or the database asks for patience: that passes, and no order stops for it. */
const passes = (error: unknown): boolean =>
  isTransient(error) ||
  isOverload(error) ||
  (error instanceof AppError && error.code === 'SERVICE_UNAVAILABLE');

/** Why an order stopped, as a code that holds nothing of anybody. */
const causeOf = (error: unknown): string =>
  error instanceof NumbersExhausted || error instanceof AppError ? error.code : 'INTERNAL';

/**
 * Notes what went wrong with an order that this worker holds: used-up numbers stop it at once, another fault when it comes again and
 * again. What was issued stands; somebody has to say that it goes on.
 */
const failed = (core: ServiceCore, id: string, lease: string, error: unknown): Promise<void> =>
  asWorker(core.worker, async (tx) => {
    const order = await heldOrder(tx, id, lease);
    if (order === undefined) return;
    const attempts = passes(error) ? order.attempts : order.attempts + 1;
    const stops = error instanceof NumbersExhausted || attempts >= mostAttempts;
    await noteFailure(tx, { id, attempts }, stops ? causeOf(error) : null);
    if (!stops) return;
    const { issuer, province } = order;
    const told = { order: id, issuer, province, cause: causeOf(error) };
    await recordEvents(tx, core.clock.now(), [
      recorded(IssueFailed, `issue-order:${id}`, order.events + 1, told),
    ]);
  });

/** Chunk after chunk until the order is done, paused or taken over, or nobody wants to go on. */
const carryOut = async (
  core: ServiceCore,
  first: IssueOrder,
  lease: string,
  mayGoOn: () => boolean,
): Promise<void> => {
  let order: IssueOrder | undefined = first;
  const { id } = first;
  while (order !== undefined && mayGoOn()) {
    const done = await issueChunk(core, order, lease);
    core.wakeRelay();
    core.bus.signal(`issue.${id}`, { order: id });
    if (done === 'STOPPED') return;
    if (done === 'LAST') {
      await finish(core, order, lease);
      core.wakeRelay();
      return;
    }
    order = await asWorker(core.worker, async (tx) => (await ordersWhere(tx, 'order_id = $1', [id]))[0]);
  }
};

/** Carries out the oldest waiting order. True where there was one. */
export const issueNext = async (core: ServiceCore, mayGoOn: () => boolean = () => true): Promise<boolean> => {
  const lease = randomUUID();
  const order = await asWorker(core.worker, (tx) => leaseOrder(tx, lease));
  if (order === undefined) return false;
  try {
    await carryOut(core, order, lease, mayGoOn);
  } catch (error) {
    await failed(core, order.id, lease, error);
    core.wakeRelay();
    throw error;
  }
  return true;
};

/** The worker of orders to issue. */
export const startIssueWorker = (core: ServiceCore): Loop =>
  until({ name: 'issue of certificates', log: core.log, idle: 500, step: () => issueNext(core) });
