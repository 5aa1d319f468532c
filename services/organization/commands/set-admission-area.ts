import { z } from 'zod';
import { Day, SchoolCode, UnitCode } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { areaNamerOf, nameAdmissionArea } from '../school/admission-area.ts';
import { recordChange } from '../store/change-record.ts';
import { saveSchools } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import { ownUnit, refuseProblems, runOnce, type SchoolOutcome, schoolToChange } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  expectedVersion: z.int().min(1),
  area: z.string().max(60),
  within: UnitCode.nullish(),
  from: Day,
});

/** The city names the area from which a senior school admits, the province that of a school which it runs (TRF-15, TRF-51). */
export const setAdmissionArea = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<SchoolOutcome> => {
  const caller = authorize(actor, 'admission-area.set');
  const wanted = parseInput(Input, input);
  return runOnce(
    { core, caller, operation: 'setAdmissionArea' },
    wanted,
    async (tx, at): Promise<SchoolOutcome> => {
      const school = await schoolToChange(tx, wanted.school, wanted.expectedVersion);
      const tree = await treeAround(tx, [school.unit, caller.unit ?? '', wanted.within ?? '']);
      const own = ownUnit(tree, caller);
      if (areaNamerOf(tree, school)?.code !== own.code) throw outOfJurisdiction();
      const named = { area: wanted.area, within: wanted.within ?? own.code, from: wanted.from };
      const decision = nameAdmissionArea(school, named, { tree, actor: own, on: core.clock.today() });
      refuseProblems(decision);
      const version = wanted.expectedVersion + 1;
      await saveSchools(
        tx,
        tree,
        decision.schools.map((changed) => ({ school: changed, version })),
        at,
      );
      const aggregate = `school:${school.code}`;
      await recordChange(tx, { aggregate, version, action: 'NAME_AREA', reason: named.area, caller, at });
      return { school: school.code, findings: [] };
    },
  );
};
