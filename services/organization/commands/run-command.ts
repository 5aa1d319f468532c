import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { emptyScope, inScope, type Scope } from '#libs/platform/database/scope.ts';
import {
  AppError,
  type InputProblem,
  notFound,
  outOfJurisdiction,
  versionConflict,
} from '#libs/platform/errors/errors.ts';
import { isUniqueViolation } from '#libs/platform/errors/sql-state.ts';
import type { School, SchoolDecision, SchoolProblem } from '../school/school.ts';
import { lockSchool } from '../store/schools.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';

/** What a command about a school answers: the code of the school, or the reasons against it. */
export type SchoolOutcome = { school: string | null; findings: Finding[] };

/**
 * Runs the work of a command in one transaction, once for each idempotency key of a caller, and has its events sent.
 * The same request sent twice at the same moment collides on its key; the second look finds the first one's answer.
 * Units, schools and calendars hold no personal data and need no scope.
 */
export const runOnce = async <Answer, Request extends { idempotencyKey: string }>(
  { core, caller, operation }: Command,
  { idempotencyKey, ...request }: Request,
  work: (tx: Tx, at: string) => Promise<Answer>,
  scope: Scope = emptyScope,
): Promise<Answer> => {
  const at = core.clock.now();
  const attempt = (): Promise<Answer> =>
    inScope(core.app, scope, (tx) =>
      once<Answer>(tx, { operation, caller: caller.subject, key: idempotencyKey, request, at }, () =>
        work(tx, at),
      ),
    );
  const answer = await attempt().catch((error: unknown) => {
    if (isUniqueViolation(error)) return attempt();
    throw error;
  });
  core.wakeRelay();
  return answer;
};

/** The caller's own unit; throws OUT_OF_JURISDICTION for a caller without one. */
export const ownUnit = (tree: OrgTree, caller: Actor): OrgUnit => {
  const unit = caller.unit === undefined ? undefined : tree.find(caller.unit);
  if (unit === undefined) throw outOfJurisdiction();
  return unit;
};

/** The school to change, locked, in the version that the caller has seen. */
export const schoolToChange = async (tx: Tx, code: string, expectedVersion: number): Promise<School> => {
  const found = await lockSchool(tx, code);
  if (found === undefined) throw notFound('school');
  if (found.version !== expectedVersion) throw versionConflict(found.version);
  return found.school;
};

/** Throws BAD_USER_INPUT with all problems of a request that cannot be carried out, the law's findings beside. */
export const refuseProblems = ({ problems, findings }: SchoolDecision): void => {
  if (problems.length === 0) return;
  const told = problems.map(({ code, path }): InputProblem => ({ code, path, message: messages[code] }));
  throw new AppError(
    'BAD_USER_INPUT',
    `${told.length} 处输入有误。 The input has ${told.length} problem(s).`,
    findings.length === 0 ? { problems: told } : { problems: told, findings },
  );
};

const messages: Readonly<Record<SchoolProblem['code'], string>> = {
  NO_STAGE: '至少开设一个学段。 A school teaches at least one stage.',
  STAGE_NOT_OF_KIND: '学段与学校类别不符。 A stage does not belong to this kind of school.',
  STAGES_NOT_CONTIGUOUS: '学段须前后相接。 Stages must follow each other.',
  SPANS_MISSING: '其他学制须逐学段给出年级。 Another system needs the years of every stage.',
  NAME_MISSING: '请填写校名。 The name is missing.',
  NAME_UNCHANGED: '新校名与现校名相同。 This is its present name.',
  TYPE_UNCHANGED: '类型未变，无需变更标识码。 The type stays the same.',
  SCHOOL_NOT_ACTIVE: '该校已撤销或合并。 The school has ended.',
  BEFORE_OPENING: '日期早于建校日期。 The day lies before the school opened.',
  SCHOOL_MERGING:
    '该校正在合并或变更类型，须待学籍转接完成。 The school is being merged; its pupils have to move first.',
  SAME_SCHOOL: '并入的学校与被并入的学校重复。 A school is named twice.',
  OTHER_PROVINCE: '跨省的学校不能合并。 Schools of two provinces are not merged.',
  DAY_PAST: '合并日期不能早于今天。 The day lies in the past.',
  DAY_NOT_AHEAD: '起始日期须晚于今天。 It begins tomorrow at the earliest.',
  NOT_SENIOR: '该校不开设普通高中。 The school teaches no senior stage.',
  AREA_MISSING: '请填写招生区域。 The area is missing.',
  AREA_ELSEWHERE: '招生区域须在本级管理范围内。 The area is not one of the own range.',
  NOT_PRIVATE:
    '只有民办学校另行登记主管教育行政部门。 Only a private school has another competent authority.',
  NO_AUTHORITY_OF_PROVINCE: '请填写本省教育行政部门的代码。 Name an authority of the province.',
};
