import { z } from 'zod';
import { AccountActivated } from '#libs/contracts/events/registrar.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { nextCheckOf } from '../account-clock.ts';
import { findingsBeforeOpening, isRefusal } from '../activation.ts';
import { ChangeInput, changeRegistrar, type RegistrarOutcome } from '../change-registrar.ts';
import { requireHigher, wrongState } from '../desk.ts';
import type { Registrar } from '../registrar.ts';
import { told } from '../registrar-rows.ts';

const Input = ChangeInput.extend({
  /** False for a login without a password, by certificate or token: ACC-12 then asks nothing of it. */
  hasPassword: z
    .boolean()
    .nullish()
    .transform((has) => has ?? true),
});

/** An account that is opened now: its clocks begin. */
export const opened = (registrar: Registrar, at: string, on: string, hasPassword: boolean): Registrar => ({
  ...registrar,
  activatedAt: new Date(at),
  activeFrom: on,
  lastUsedOn: on,
  passwordChangedAt: hasPassword ? new Date(at) : null,
  weeksCheckedTo: on,
  yearsCheckedTo: Number(on.slice(0, 4)) - 1,
});

/** The next higher authority opens the account of somebody trained and filed (ACC-02, ACC-05, ACC-07, ACC-18). */
export const activateAccount = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RegistrarOutcome> => {
  const caller = authorize(actor, 'registrar.oversee');
  const wanted = parseInput(Input, input);
  return changeRegistrar(
    { core, caller, operation: 'activateAccount' },
    wanted,
    ({ registrar, post, desk, at, on }) => {
      requireHigher(desk, post, registrar);
      if (registrar.activatedAt !== null || registrar.replacedAt !== null)
        wrongState('账号已开通或该人员已不在岗。 Open already, or no longer in post.');
      const findings = findingsBeforeOpening(registrar, post, on);
      if (isRefusal(findings)) return { findings, action: 'ACTIVATE' };
      const next = opened(registrar, at, on, wanted.hasPassword);
      return {
        findings,
        next: { ...next, nextCheckOn: nextCheckOf(next, new Date(at), post.law) },
        told: [told(AccountActivated, {})],
        action: 'ACTIVATE',
      };
    },
  );
};
