import { z } from 'zod';
import { SchoolClosureRevoked } from '#libs/contracts/events/organization.ts';
import { SchoolCode } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { badInput, notFound } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { ownUnit, runOnce, type SchoolOutcome } from '../commands/run-command.ts';
import { judgeActor, unitOf } from '../school/change-school.ts';
import { recordChange } from '../store/change-record.ts';
import { lockSchool } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import { openClosureOf, revokeRow } from './closure-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  reason: z.string().trim().min(1).max(500),
});

const nothingToRevoke = () =>
  badInput([
    {
      path: ['school'],
      code: 'NO_CLOSURE_WAITS',
      message:
        '该校没有尚可撤回的撤销决定。 No closure of the school waits, or its archives have gone already.',
    },
  ]);

/** The registry authority takes back the closure of a school that still waits for its pupils or archives (ORG-11). */
export const revokeClosure = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<SchoolOutcome> => {
  const caller = authorize(actor, 'school.change');
  const wanted = parseInput(Input, input);
  const work = async (tx: Tx, at: string): Promise<SchoolOutcome> => {
    const found = await lockSchool(tx, wanted.school);
    if (found === undefined) throw notFound('school');
    const { school } = found;
    const tree = await treeAround(tx, [school.unit, caller.unit ?? '']);
    const findings = judgeActor(school, { tree, actor: ownUnit(tree, caller), on: core.clock.today() });
    if (findings.length > 0) return { school: null, findings };
    const closure = await openClosureOf(tx, school.code);
    const revoked = closure === undefined ? 0 : await revokeRow(tx, closure.id, at);
    if (closure === undefined || revoked === 0) throw nothingToRevoke();
    const { code, place, authority, unit } = school;
    const { province } = unitOf(tree, unit);
    await recordEvents(tx, at, [
      recorded(SchoolClosureRevoked, `closure:${closure.id}`, 2, {
        ...{ closure: closure.id, school: code, place, authority, province },
      }),
    ]);
    const { reason } = wanted;
    await recordChange(tx, {
      aggregate: `closure:${closure.id}`,
      version: 2,
      action: 'REVOKE',
      reason,
      caller,
      at,
    });
    return { school: code, findings: [] };
  };
  return runOnce(
    { core, caller, operation: 'revokeSchoolClosure' },
    wanted,
    work,
    await core.directory.scopeOf(caller),
  );
};
