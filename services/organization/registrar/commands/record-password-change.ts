import { z } from 'zod';
import { PasswordChanged } from '#libs/contracts/events/registrar.ts';
import { Instant } from '#libs/contracts/ids.ts';
import { passwordExpiresAt } from '#libs/law/account/account-login.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { runOnce } from '../../commands/run-command.ts';
import { nextCheckOf } from '../account-clock.ts';
import { postOfRegistrar } from '../desk.ts';
import { lockPostOf, saveRegistrars, told } from '../registrar-rows.ts';
import { wholeNation } from '../whole-nation.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  subject: z.string().min(1).max(200),
  changedAt: Instant,
});

/** Whether a filed account learned of its new password; a login that is not filed is nobody's concern here. */
export type PasswordOutcome = { recorded: boolean };

/**
 * The identity provider's own client, or the information centre, tells that a password was changed (ACC-12). What is
 * older than what is known changes nothing.
 */
export const recordPasswordChange = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<PasswordOutcome> => {
  const caller = authorize(actor, 'password.report');
  const wanted = parseInput(Input, input);
  const changedAt = new Date(wanted.changedAt);
  if (changedAt > new Date(core.clock.now())) throw notYet();
  return runOnce(
    { core, caller, operation: 'recordPasswordChange' },
    wanted,
    async (tx, at): Promise<PasswordOutcome> => {
      const registrar = await lockPostOf(tx, wanted.subject);
      if (registrar === undefined || registrar.activatedAt === null) return { recorded: false };
      if (registrar.passwordChangedAt !== null && registrar.passwordChangedAt >= changedAt)
        return { recorded: false };
      const { law } = await postOfRegistrar(tx, registrar);
      const now = new Date(at);
      const expiresAt = passwordExpiresAt(changedAt, now, law);
      const serves = expiresAt === undefined || now < expiresAt;
      const next = {
        ...registrar,
        passwordChangedAt: changedAt,
        passwordExpiredAt: serves ? null : registrar.passwordExpiredAt,
      };
      await saveRegistrars(
        tx,
        [
          {
            registrar: { ...next, nextCheckOn: nextCheckOf(next, now, law) },
            told: [told(PasswordChanged, {})],
          },
        ],
        at,
      );
      return { recorded: true };
    },
    wholeNation,
  );
};

const notYet = () =>
  badInput([
    {
      path: ['changedAt'],
      code: 'IN_THE_FUTURE',
      message: '更改时间晚于现在。 The instant lies in the future.',
    },
  ]);
