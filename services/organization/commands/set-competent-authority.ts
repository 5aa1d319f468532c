import { z } from 'zod';
import { SchoolCode, UnitCode } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { nameCompetentAuthority } from '../school/competent-authority.ts';
import { recordChange } from '../store/change-record.ts';
import { saveSchools } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import { ownUnit, refuseProblems, runOnce, type SchoolOutcome, schoolToChange } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  expectedVersion: z.int().min(1),
  competentAuthority: UnitCode.nullish().transform((unit) => unit ?? null),
});

/** The registry authority enters which authority a private school answers to (ORG-29, TRF-25). */
export const setCompetentAuthority = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<SchoolOutcome> => {
  const caller = authorize(actor, 'school.change');
  const wanted = parseInput(Input, input);
  return runOnce(
    { core, caller, operation: 'setCompetentAuthority' },
    wanted,
    async (tx, at): Promise<SchoolOutcome> => {
      const school = await schoolToChange(tx, wanted.school, wanted.expectedVersion);
      const { competentAuthority } = wanted;
      const tree = await treeAround(tx, [school.unit, caller.unit ?? '', competentAuthority ?? '']);
      const context = { tree, actor: ownUnit(tree, caller), on: core.clock.today() };
      const decision = nameCompetentAuthority(school, competentAuthority, context);
      refuseProblems(decision);
      const [changed] = decision.schools;
      if (changed === undefined) return { school: null, findings: decision.findings };
      const version = wanted.expectedVersion + 1;
      await saveSchools(tx, tree, [{ school: changed, version }], at);
      const aggregate = `school:${school.code}`;
      await recordChange(tx, { aggregate, version, action: 'NAME_COMPETENT_AUTHORITY', caller, at });
      return { school: school.code, findings: [] };
    },
  );
};
