import { z } from 'zod';
import { AccountRestored } from '#libs/contracts/events/registrar.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { nextCheckOf } from '../account-clock.ts';
import { ChangeInput, changeRegistrar, type RegistrarOutcome } from '../change-registrar.ts';
import { requireAbove, wrongState } from '../desk.ts';
import { told } from '../registrar-rows.ts';

const Input = ChangeInput.extend({ reason: z.string().trim().min(1).max(500) });

/** An authority above lets a suspended account be used again, once the matter is settled (W-21). */
export const restoreAccount = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RegistrarOutcome> => {
  const caller = authorize(actor, 'registrar.oversee');
  const wanted = parseInput(Input, input);
  return changeRegistrar(
    { core, caller, operation: 'restoreAccount' },
    wanted,
    ({ registrar, post, desk, at, on }) => {
      requireAbove(desk, post, registrar);
      if (registrar.suspendedAt === null || registrar.replacedAt !== null)
        wrongState('账号未暂停。 The account is not suspended.');
      const next = {
        ...registrar,
        suspendedAt: null,
        suspensionReason: null,
        lastUsedOn: on,
        activeFrom: on,
        weeksCheckedTo: on,
      };
      return {
        findings: [],
        next: { ...next, nextCheckOn: nextCheckOf(next, new Date(at), post.law) },
        told: [told(AccountRestored, {})],
        action: 'RESTORE',
        reason: wanted.reason,
      };
    },
  );
};
