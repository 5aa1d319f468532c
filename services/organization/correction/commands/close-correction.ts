import { z } from 'zod';
import { CorrectionClosed, CorrectionReturned } from '#libs/contracts/events/correction.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { inChargeOf } from '../correction.ts';
import { MoveInput, moveOrder, type OrderOutcome, wrongState } from '../move-order.ts';

const Input = MoveInput.extend({
  decision: z.enum(['ACCEPT', 'RETURN']),
  remark: z.string().trim().min(1).max(500),
});

/** Who has the say over an order accepts the report, which ends it, or gives it back (ORG-23). */
export const closeCorrection = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<OrderOutcome> => {
  const caller = authorize(actor, 'correction.order');
  const wanted = parseInput(Input, input);
  const { decision, remark } = wanted;
  return moveOrder({ core, caller, operation: 'closeCorrection' }, wanted, (order, { own }, at) => {
    if (own.code !== inChargeOf(order)) throw outOfJurisdiction();
    if (order.state !== 'REPORTED') wrongState();
    return decision === 'ACCEPT'
      ? {
          next: { ...order, state: 'CLOSED', remark, closedAt: new Date(at), closedBy: own.code },
          kind: CorrectionClosed,
          action: 'CLOSE',
        }
      : { next: { ...order, state: 'ORDERED', remark }, kind: CorrectionReturned, action: 'RETURN' };
  });
};
