import { z } from 'zod';
import { SchoolCode } from '#libs/contracts/ids.ts';
import { SchoolKind } from '#libs/contracts/vocabulary.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { changeSchoolType as decide, unitOf } from '../school/change-school.ts';
import { codeTypeOf } from '../school/school-code.ts';
import { usualStages } from '../school/stages.ts';
import { recordChange } from '../store/change-record.ts';
import { lockNumbers, takeNumbers } from '../store/number-series.ts';
import { hasRegistrations, saveSchools } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import { ownUnit, refuseProblems, runOnce, type SchoolOutcome, schoolToChange } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  expectedVersion: z.int().min(1),
  kind: SchoolKind,
});

/** The registry authority makes a school one of another type: a new code; the old one is retired (ORG-09, ORG-11). */
export const changeSchoolType = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<SchoolOutcome> => {
  const caller = authorize(actor, 'school.change');
  const wanted = parseInput(Input, input);
  return runOnce(core, caller, wanted, async (tx, at): Promise<SchoolOutcome> => {
    const school = await schoolToChange(tx, wanted.school, wanted.expectedVersion);
    const tree = await treeAround(tx, [school.unit, school.authority, caller.unit ?? '']);
    const stages = usualStages(wanted.kind);
    const numbers = await lockNumbers(tx, {
      type: codeTypeOf(wanted.kind, stages),
      province: unitOf(tree, school.unit).province,
      authority: school.authority,
    });
    const decision = decide(
      school,
      { kind: wanted.kind, stages, system: school.system },
      {
        tree,
        actor: ownUnit(tree, caller),
        on: core.clock.today(),
        archivesPending: await hasRegistrations(tx, school.code),
        ...numbers,
      },
    );
    refuseProblems(decision);
    const [ended, renewed] = decision.schools;
    if (ended === undefined || renewed === undefined) return { school: null, findings: decision.findings };
    const version = wanted.expectedVersion + 1;
    const change = { action: 'CHANGE_TYPE', caller, at };
    await takeNumbers(tx, [renewed]);
    await saveSchools(
      tx,
      tree,
      [
        { school: ended, version },
        { school: renewed, version: 1 },
      ],
      at,
    );
    await recordChange(tx, { aggregate: `school:${ended.code}`, version, ...change });
    await recordChange(tx, { aggregate: `school:${renewed.code}`, version: 1, ...change });
    return { school: renewed.code, findings: [] };
  });
};
