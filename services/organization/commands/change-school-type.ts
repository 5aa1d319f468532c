import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { SchoolCode } from '#libs/contracts/ids.ts';
import { SchoolKind, SchoolSystem, Stage } from '#libs/contracts/vocabulary.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { promotionsIn } from '../merger/commands/merge-schools.ts';
import { insertMerger, isMerging } from '../merger/merger-rows.ts';
import { rollsOf } from '../merger/rolls.ts';
import { endPostsAt } from '../registrar/end-posts.ts';
import { changeSchoolType as decide, unitOf } from '../school/change-school.ts';
import { codeTypeOf } from '../school/school-code.ts';
import { STAGES, usualStages } from '../school/stages.ts';
import { recordChange } from '../store/change-record.ts';
import { lockNumbers, takeNumbers } from '../store/number-series.ts';
import { saveSchools } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import { ownUnit, refuseProblems, runOnce, type SchoolOutcome, schoolToChange } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  expectedVersion: z.int().min(1),
  kind: SchoolKind,
  stages: z.array(Stage).min(1).max(4).nullish(),
  system: SchoolSystem.exclude(['OTHER']).nullish(),
});

/** The registry authority makes a school one of another type; a new code retires the old one (ORG-09, ORG-11, ENR-69). */
export const changeSchoolType = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<SchoolOutcome> => {
  const caller = authorize(actor, 'school.change');
  const wanted = parseInput(Input, input);
  const work = async (tx: Tx, at: string): Promise<SchoolOutcome> => {
    const school = await schoolToChange(tx, wanted.school, wanted.expectedVersion);
    const tree = await treeAround(tx, [school.unit, school.authority, caller.unit ?? '']);
    const stages = STAGES.filter((stage) => (wanted.stages ?? usualStages(wanted.kind)).includes(stage));
    const numbers = await lockNumbers(tx, {
      type: codeTypeOf(wanted.kind, stages),
      province: unitOf(tree, school.unit).province,
      authority: school.authority,
    });
    const merger = uuidv7();
    const decision = decide(
      school,
      { kind: wanted.kind, stages, system: wanted.system ?? school.system, spans: school.stages },
      {
        tree,
        actor: ownUnit(tree, caller),
        on: core.clock.today(),
        now: new Date(core.clock.now()),
        merger,
        promotions: await promotionsIn(tx),
        roll: (await rollsOf(tx, [school.code]))(school.code),
        isMerging: await isMerging(tx, school.code),
        ...numbers,
      },
    );
    refuseProblems(decision);
    const [former, renewed] = decision.schools;
    if (former === undefined) return { school: null, findings: decision.findings };
    const version = wanted.expectedVersion + 1;
    const change = { action: 'CHANGE_TYPE', caller, at };
    const begins = renewed === undefined ? [] : [renewed];
    await takeNumbers(tx, begins);
    const writes = [...begins.map((each) => ({ school: each, version: 1 })), { school: former, version }];
    await saveSchools(tx, tree, writes, at);
    for (const write of writes)
      await recordChange(tx, { aggregate: `school:${write.school.code}`, version: write.version, ...change });
    if (renewed !== undefined && former.succession !== null)
      await insertMerger(
        tx,
        {
          id: merger,
          kind: 'CHANGE_OF_TYPE',
          standing: renewed.code,
          from: former.succession.from,
          document: null,
          reason: null,
          authority: caller.unit ?? '',
          province: unitOf(tree, school.unit).province,
          decidedBy: caller.subject,
          decidedAt: at,
          parts: [{ school: former.code, endedOn: null, moved: null }],
        },
        at,
      );
    if (former.state !== 'ACTIVE') await endPostsAt(tx, former.code, at);
    return { school: (renewed ?? former).code, findings: [] };
  };
  return runOnce(
    { core, caller, operation: 'changeSchoolType' },
    wanted,
    work,
    await core.directory.scopeOf(caller),
  );
};
