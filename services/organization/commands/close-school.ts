import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { SchoolClosureDecided } from '#libs/contracts/events/organization.ts';
import { SchoolCode } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { insertClosure, isClosing } from '../closure/closure-rows.ts';
import { isMerging } from '../merger/merger-rows.ts';
import { rollsOf } from '../merger/rolls.ts';
import { endPostsAt } from '../registrar/end-posts.ts';
import { unitOf } from '../school/change-school.ts';
import { closeSchool as decide } from '../school/end-school.ts';
import type { School } from '../school/school.ts';
import { recordChange } from '../store/change-record.ts';
import { saveSchools } from '../store/schools.ts';
import { treeAround } from '../store/units.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import { ownUnit, refuseProblems, runOnce, type SchoolOutcome, schoolToChange } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  expectedVersion: z.int().min(1),
  reason: z.string().trim().min(1).max(500),
});

const isClosingAlready = () =>
  badInput([
    {
      path: ['school'],
      code: 'SCHOOL_CLOSING',
      message: '该校已决定撤销，待学生离校、档案移交后自动终止。 Its closure is decided and waits.',
    },
  ]);

type Deciding = { school: School; tree: OrgTree; caller: Actor; wanted: z.infer<typeof Input>; at: string };

/** The closure is decided and waits: what stands against the end of the record is said, and nobody has to ask again. */
const decideClosure = async (
  tx: Tx,
  { school, tree, caller, wanted, at }: Deciding,
  pending: readonly Finding[],
): Promise<SchoolOutcome> => {
  if (await isClosing(tx, school.code)) throw isClosingAlready();
  const id = uuidv7();
  const { code, place, authority } = school;
  const competentAuthority = school.competentAuthority ?? authority;
  await insertClosure(tx, {
    ...{ id, school: code, reason: wanted.reason },
    ...{ decidedAt: at, decidedBy: caller.subject },
  });
  const { province } = unitOf(tree, school.unit);
  await recordEvents(tx, at, [
    recorded(SchoolClosureDecided, `closure:${id}`, 1, {
      ...{ closure: id, school: code, place, authority, competentAuthority, province },
    }),
  ]);
  await recordChange(tx, {
    ...{ aggregate: `closure:${id}`, version: 1, action: 'DECIDE', reason: wanted.reason, caller, at },
  });
  return { school: code, findings: pending.map((finding) => ({ ...finding, outcome: 'WARN' })) };
};

/**
 * The registry authority closes a school for a reason (ORG-11). It ends once no pupil is left in it and its archives have
 * their custodian: at once where it never had any, else by itself (ARC-14). The accounts of its staff are closed with it.
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
    if (closed === undefined && decision.findings.some(({ ruleId }) => ruleId !== 'ARC-14'))
      return { school: null, findings: decision.findings };
    if (closed === undefined)
      return decideClosure(tx, { school, tree, caller, wanted, at }, decision.findings);
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
