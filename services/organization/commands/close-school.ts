import { z } from 'zod';
import { SchoolCode } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { isMerging } from '../merger/merger-rows.ts';
import { rollsOf } from '../merger/rolls.ts';
import { endPostsAt } from '../registrar/end-posts.ts';
import { closeSchool as decide } from '../school/end-school.ts';
import { recordChange } from '../store/change-record.ts';
import { saveSchools } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import { ownUnit, refuseProblems, runOnce, type SchoolOutcome, schoolToChange } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  expectedVersion: z.int().min(1),
  reason: z.string().trim().min(1).max(500),
});

/**
 * The registry authority closes a school for a reason, once no pupil's archive is left in it (ORG-11, ARC-14). The accounts
 * of those who worked there are closed with it.
 */
export const closeSchool = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<SchoolOutcome> => {
  const caller = authorize(actor, 'school.change');
  const wanted = parseInput(Input, input);
  const work = async (tx: Tx, at: string): Promise<SchoolOutcome> => {
    const school = await schoolToChange(tx, wanted.school, wanted.expectedVersion);
    const tree = await treeAround(tx, [school.unit, caller.unit ?? '']);
    const decision = decide(school, {
      tree,
      actor: ownUnit(tree, caller),
      on: core.clock.today(),
      roll: (await rollsOf(tx, [school.code]))(school.code),
      isMerging: await isMerging(tx, school.code),
    });
    refuseProblems(decision);
    const [closed] = decision.schools;
    if (closed === undefined) return { school: null, findings: decision.findings };
    const version = wanted.expectedVersion + 1;
    const aggregate = `school:${school.code}`;
    await saveSchools(tx, tree, [{ school: closed, version }], at);
    await recordChange(tx, { aggregate, version, action: 'CLOSE', reason: wanted.reason, caller, at });
    await endPostsAt(tx, closed.code, at);
    return { school: closed.code, findings: [] };
  };
  return runOnce(
    { core, caller, operation: 'closeSchool' },
    wanted,
    work,
    await core.directory.scopeOf(caller),
  );
};
