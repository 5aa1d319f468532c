import { z } from 'zod';
import { AccountSuspended } from '#libs/contracts/events/registrar.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { ChangeInput, changeRegistrar, type RegistrarOutcome } from '../change-registrar.ts';
import { requireAbove, wrongState } from '../desk.ts';
import { told } from '../registrar-rows.ts';

const Input = ChangeInput.extend({ reason: z.string().trim().min(1).max(500) });

/** An authority above suspends an account, for overdue training or misconduct (W-21; ORG-20 to ORG-22, PRV-10). */
export const suspendAccount = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RegistrarOutcome> => {
  const caller = authorize(actor, 'registrar.oversee');
  const wanted = parseInput(Input, input);
  return changeRegistrar(
    { core, caller, operation: 'suspendAccount' },
    wanted,
    ({ registrar, post, desk, at }) => {
      requireAbove(desk, post, registrar);
      if (registrar.activatedAt === null || registrar.suspendedAt !== null || registrar.replacedAt !== null)
        wrongState('账号未开通、已暂停或已停用。 Not open, suspended already, or closed.');
      return {
        findings: [],
        next: { ...registrar, suspendedAt: new Date(at), suspensionReason: wanted.reason },
        told: [told(AccountSuspended, {})],
        action: 'SUSPEND',
        reason: wanted.reason,
      };
    },
  );
};
