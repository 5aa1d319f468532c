import { z } from 'zod';
import { AccountUnsealed } from '#libs/contracts/events/registrar.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { nextCheckOf } from '../account-clock.ts';
import { ChangeInput, changeRegistrar, type RegistrarOutcome } from '../change-registrar.ts';
import { requireHigher, wrongState } from '../desk.ts';
import { told } from '../registrar-rows.ts';

const Input = ChangeInput.extend({
  /** How the authority made sure of whose account it is. */
  identityCheck: z.enum(['IN_PERSON', 'OFFICIAL_LETTER', 'BY_TELEPHONE']),
});

/** The next higher authority unseals an account after it has checked the identity (ACC-13, ACC-05). */
export const unsealAccount = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RegistrarOutcome> => {
  const caller = authorize(actor, 'registrar.oversee');
  const wanted = parseInput(Input, input);
  return changeRegistrar(
    { core, caller, operation: 'unsealAccount' },
    wanted,
    ({ registrar, post, desk, at, on }) => {
      requireHigher(desk, post, registrar);
      if (registrar.sealedAt === null || registrar.replacedAt !== null)
        wrongState('账号未封存。 The account is not sealed.');
      const next = { ...registrar, sealedAt: null, lastUsedOn: on, activeFrom: on, weeksCheckedTo: on };
      return {
        findings: [],
        next: { ...next, nextCheckOn: nextCheckOf(next, new Date(at), post.law) },
        told: [told(AccountUnsealed, {})],
        action: 'UNSEAL',
        reason: wanted.identityCheck,
      };
    },
  );
};
