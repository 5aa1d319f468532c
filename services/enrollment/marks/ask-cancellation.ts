import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { CancellationRefused } from '#libs/contracts/events/enrollment-marks.ts';
import { judgeCancellation } from '#libs/law/enrollment/cancellation.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { judgeMove } from '../cases/plans/status.ts';
import { type Done, onRegistration, RegistrationOrder } from './on-registration.ts';

const Input = RegistrationOrder.extend({ reason: z.enum(['AWAY', 'DUPLICATE', 'DROPOUT', 'OTHER']) });

/**
 * Somebody asks to cancel a registration for another reason than a death. There is none that any text in force knows
 * (ENR-64), so that it is always refused, told what may be done instead, and on record.
 */
export const askCancellation = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(Input, input);
  return onRegistration(
    { core, caller, operation: 'askCancellation', by: 'SCHOOL' },
    asked,
    async ({ tx, situation }) => {
      const { registration, today, lawPlace, now } = situation;
      const { person, enrollment, school, place, province, stage, status } = registration;
      const { reason } = asked;
      const law = judgeCancellation({ stage, reason, suspended: status === 'SUSPENDED' }, today, lawPlace);
      await recordEvents(tx, now, [
        recorded(CancellationRefused, `cancellation:${uuidv7()}`, 1, {
          ...{ person, enrollment, school, place, province, reason },
        }),
      ]);
      return { done: false, findings: law.length > 0 ? law : judgeMove('CANCEL', situation) };
    },
  );
};
