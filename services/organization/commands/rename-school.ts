import { z } from 'zod';
import { SchoolCode } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { renameSchool as decide } from '../school/change-school.ts';
import { recordChange } from '../store/change-record.ts';
import { saveSchools } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import { ownUnit, refuseProblems, runOnce, type SchoolOutcome, schoolToChange } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  expectedVersion: z.int().min(1),
  name: z.string().max(100),
});

/** The registry authority gives a school another name; its code stays (ORG-11). */
export const renameSchool = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<SchoolOutcome> => {
  const caller = authorize(actor, 'school.change');
  const wanted = parseInput(Input, input);
  return runOnce(
    { core, caller, operation: 'renameSchool' },
    wanted,
    async (tx, at): Promise<SchoolOutcome> => {
      const school = await schoolToChange(tx, wanted.school, wanted.expectedVersion);
      const tree = await treeAround(tx, [school.unit, caller.unit ?? '']);
      const decision = decide(school, wanted.name, {
        tree,
        actor: ownUnit(tree, caller),
        on: core.clock.today(),
      });
      refuseProblems(decision);
      const [renamed] = decision.schools;
      if (renamed === undefined) return { school: null, findings: decision.findings };
      const version = wanted.expectedVersion + 1;
      await saveSchools(tx, tree, [{ school: renamed, version }], at);
      await recordChange(tx, { aggregate: `school:${school.code}`, version, action: 'RENAME', caller, at });
      return { school: renamed.code, findings: [] };
    },
  );
};
