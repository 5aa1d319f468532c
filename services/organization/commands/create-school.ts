import { z } from 'zod';
import { UnitCode } from '#libs/contracts/ids.ts';
import { Ownership, SchoolKind, SchoolSystem } from '#libs/contracts/vocabulary.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { createSchool as decide } from '../school/create-school.ts';
import { codeTypeOf } from '../school/school-code.ts';
import { usualStages } from '../school/stages.ts';
import { recordChange } from '../store/change-record.ts';
import { lockNumbers, takeNumbers } from '../store/number-series.ts';
import { saveSchools } from '../store/schools.ts';
import { hasChildren, treeAround } from '../store/units.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { registryAuthorityOf } from '../tree/registry-authority.ts';
import { ownUnit, refuseProblems, runOnce, type SchoolOutcome } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  name: z.string().max(100),
  kind: SchoolKind,
  ownership: Ownership,
  system: SchoolSystem.nullish().transform((system) => system ?? 'S63'),
  managedBy: z.enum(['PROVINCE', 'CITY', 'COUNTY']),
  county: UnitCode,
  competentAuthority: UnitCode.nullish(),
});

/** The registry authority enters a new school, which gets its code and its place for ever (ORG-09, ORG-11). */
export const createSchool = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<SchoolOutcome> => {
  const caller = authorize(actor, 'school.create');
  const { idempotencyKey, ...wanted } = parseInput(Input, input);
  return runOnce(
    { core, caller, operation: 'createSchool' },
    { idempotencyKey, ...wanted },
    async (tx, at): Promise<SchoolOutcome> => {
      const tree = await treeAround(tx, [wanted.county, caller.unit ?? '', wanted.competentAuthority ?? '']);
      const acting = ownUnit(tree, caller);
      const unit = await countyOf(tx, tree, wanted.county);
      const stages = usualStages(wanted.kind);
      const authority = registryAuthorityOf(tree, { managedBy: wanted.managedBy, unit });
      const numbers = await lockNumbers(tx, {
        type: codeTypeOf(wanted.kind, stages),
        province: unit.province,
        authority: authority?.code,
      });
      const decision = decide(
        {
          ...wanted,
          stages,
          unit,
          sponsor: wanted.ownership === 'PUBLIC' ? 'GOVERNMENT' : 'OTHER_ORGANISATION',
        },
        { tree, actor: acting, on: core.clock.today(), ...numbers },
      );
      refuseProblems(decision);
      const [school] = decision.schools;
      if (school === undefined) return { school: null, findings: decision.findings };
      await takeNumbers(tx, [school]);
      await saveSchools(tx, tree, [{ school, version: 1 }], at);
      await recordChange(tx, {
        aggregate: `school:${school.code}`,
        version: 1,
        action: 'CREATE',
        caller,
        at,
      });
      return { school: school.code, findings: [] };
    },
  );
};

/** The unit in which a school lies: a county, or a city that has none. */
const countyOf = async (tx: Tx, tree: OrgTree, code: string): Promise<OrgUnit> => {
  const unit = tree.find(code);
  const fits = unit?.level === 'COUNTY' || (unit?.level === 'CITY' && !(await hasChildren(tx, code)));
  if (unit !== undefined && fits) return unit;
  throw badInput([
    {
      path: ['county'],
      code: unit === undefined ? 'UNKNOWN_UNIT' : 'NOT_A_COUNTY',
      message: '请填写学校所在县（市、区）的代码。 Name the county where the school lies.',
    },
  ]);
};
