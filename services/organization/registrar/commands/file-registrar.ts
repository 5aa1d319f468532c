import { RegistrarFiled } from '#libs/contracts/events/registrar.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { findingsBeforeOpening, isRefusal } from '../activation.ts';
import { ChangeInput, changeRegistrar, type RegistrarOutcome } from '../change-registrar.ts';
import { requireHigher, wrongState } from '../desk.ts';
import { told } from '../registrar-rows.ts';

/** The next higher authority receives the filing of a registrar who is trained (ACC-05, ACC-02). */
export const fileRegistrar = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RegistrarOutcome> => {
  const caller = authorize(actor, 'registrar.oversee');
  return changeRegistrar(
    { core, caller, operation: 'fileRegistrar' },
    parseInput(ChangeInput, input),
    ({ registrar, post, desk, at, on }) => {
      requireHigher(desk, post, registrar);
      if (registrar.filedAt !== null || registrar.replacedAt !== null)
        wrongState('该人员已备案或已不在岗。 Filed already, or no longer in post.');
      const next = { ...registrar, filedAt: new Date(at), filedWith: desk.own.code };
      const findings = findingsBeforeOpening(next, post, on);
      if (isRefusal(findings)) return { findings, action: 'FILE' };
      return { findings, next, told: [told(RegistrarFiled, { filedWith: desk.own.code })], action: 'FILE' };
    },
  );
};
