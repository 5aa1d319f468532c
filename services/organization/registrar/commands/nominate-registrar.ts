import { z } from 'zod';
import { SchoolCode, UnitCode } from '#libs/contracts/ids.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { runOnce } from '../../commands/run-command.ts';
import { recordChange } from '../../store/change-record.ts';
import { isRefusal } from '../activation.ts';
import type { RegistrarOutcome } from '../change-registrar.ts';
import { type Desk, deskOf, isHigher, reaches, requireOwnOrHigher } from '../desk.ts';
import { enter, judgeNomination, Nominee, newRegistrar, othersInPost, requireRolesOf } from '../nominate.ts';
import { type Post, postOf } from '../post.ts';

const Override = z.object({ reason: z.string().trim().min(1).max(500) }).nullish();

const Input = Nominee.extend({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode.nullish(),
  unit: UnitCode.nullish(),
  override: Override,
}).refine(({ school, unit }) => (school == null) !== (unit == null), {
  path: ['school'],
  message: '请在学校与机构中填写一项。 Name either a school or a unit.',
});

/**
 * A school or unit, or the next higher authority in its place, names who is to handle or decide (ACC-01, ACC-07, ORG-07).
 * What ORG-07 holds, the next higher authority lets through with a reason.
 */
export const nominateRegistrar = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RegistrarOutcome> => {
  enforces('ACC-01');
  const caller = authorize(actor, 'registrar.nominate');
  const wanted = parseInput(Input, input);
  const desk = await deskOf(core, caller);
  return runOnce(
    { core, caller, operation: 'nominateRegistrar' },
    wanted,
    async (tx, at): Promise<RegistrarOutcome> => {
      const post = await postOf(tx, wanted.school ?? wanted.unit ?? '');
      if (post === undefined || !reaches(desk, post.place)) throw outOfJurisdiction();
      requireOwnOrHigher(desk, post);
      requireRolesOf(post, wanted);
      const registrar = newRegistrar(wanted, post, at, core.sealing);
      const principals = await othersInPost(tx, post, 'PRINCIPAL');
      const findings = judgeNomination(registrar, post, principals, core.clock.today());
      const isHeld = findings.some(({ outcome }) => outcome === 'HOLD') && !letsThrough(desk, post, wanted);
      if (isRefusal(findings) || isHeld) return { registrar: null, findings };
      await enter(tx, registrar, at);
      await recordChange(tx, {
        aggregate: `registrar:${registrar.registrarId}`,
        version: 1,
        action: 'NOMINATE',
        reason: wanted.override?.reason,
        caller,
        at,
      });
      return { registrar: registrar.registrarId, findings };
    },
    desk.scope,
  );
};

const letsThrough = (desk: Desk, post: Post, { override }: z.infer<typeof Input>): boolean =>
  isHigher(desk, post) && override != null;
