import { z } from 'zod';
import { CorrectionReported } from '#libs/contracts/events/correction.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { MoveInput, moveOrder, type OrderOutcome, wrongState } from '../move-order.ts';

const Input = MoveInput.extend({ measures: z.string().trim().min(1).max(1000) });

/** Who was ordered to correct reports what was done (ORG-23). */
export const reportCorrection = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<OrderOutcome> => {
  const caller = authorize(actor, 'correction.answer');
  const wanted = parseInput(Input, input);
  return moveOrder({ core, caller, operation: 'reportCorrection' }, wanted, (order, { own }, at) => {
    if (own.code !== order.target) throw outOfJurisdiction();
    if (order.state !== 'ORDERED') wrongState();
    return {
      next: { ...order, state: 'REPORTED', measures: wanted.measures, reportedAt: new Date(at) },
      kind: CorrectionReported,
      action: 'REPORT',
    };
  });
};
