import { z } from 'zod';
import type { EventKind } from '#libs/contracts/envelope.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Command } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { badInput, outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { runOnce } from '../commands/run-command.ts';
import { type Desk, deskOf } from '../registrar/desk.ts';
import { recordChange } from '../store/change-record.ts';
import type { CorrectionOrder } from './correction.ts';
import { lockOrders, saveOrders } from './correction-rows.ts';

/** What a command about an order answers: its id, and what the law says. */
export type OrderOutcome = { order: string | null; findings: Finding[] };

export const MoveInput = z.object({
  idempotencyKey: z.string().min(1).max(100),
  order: Uuid,
  expectedVersion: z.int().min(1),
});

export type Move = { next: CorrectionOrder; kind: EventKind; action: string; reason?: string };

/** Moves one order on: lock, decide, write state, event and who did it. Outside the scope there is none (PRV-12). */
export const moveOrder = async <Wanted extends z.infer<typeof MoveInput>>(
  command: Command,
  wanted: Wanted,
  decide: (order: CorrectionOrder, desk: Desk, at: string) => Move,
): Promise<OrderOutcome> => {
  const { core, caller } = command;
  const desk = await deskOf(core, caller);
  const work = async (tx: Tx, at: string): Promise<OrderOutcome> => {
    const [order] = await lockOrders(tx, [wanted.order]);
    if (order === undefined) throw outOfJurisdiction();
    if (order.version !== wanted.expectedVersion) throw versionConflict(order.version);
    const { next, kind, action, reason } = decide(order, desk, at);
    await saveOrders(tx, [{ order: next, kind }], at);
    await recordChange(tx, {
      aggregate: `correction:${order.orderId}`,
      version: order.version + 1,
      action,
      reason,
      caller,
      at,
    });
    return { order: order.orderId, findings: [] };
  };
  return runOnce(command, wanted, work, desk.scope);
};

/** What cannot be done to an order that stands elsewhere in its course. */
export const wrongState = (): never => {
  throw badInput([
    {
      path: ['order'],
      code: 'WRONG_STATE',
      message: '责令改正事项的状态不允许此操作。 The order does not stand where this can be done.',
    },
  ]);
};
