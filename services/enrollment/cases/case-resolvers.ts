import type { ZodObject, z } from 'zod';
import { isUuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { type CaseKey, readCaseId } from './case-id.ts';
import { listCases } from './case-list.ts';
import { type CaseRecord, casesById } from './case-rows.ts';
import { decideCase, handleCase, type Moved, withdrawCase } from './commands/decide-case.ts';
import { CaseInput, openCase, previewCase } from './commands/open-case.ts';
import type { CasePlan } from './plan.ts';
import { abroad, returning } from './plans/abroad.ts';
import { comeBack } from './plans/come-back.ts';
import { death } from './plans/death.ts';
import { expulsion } from './plans/expulsion.ts';
import { gradeChange } from './plans/grade-change.ts';
import { otherLeave } from './plans/other-leave.ts';
import { resumption } from './plans/resumption.ts';
import { suspension } from './plans/suspension.ts';
import { withdrawal } from './plans/withdrawal.ts';

/** Queries and mutations of cases: translate arguments, run the command, load what it changed. */
export const createCaseResolvers = (
  core: ServiceCore,
): { Query: Resolvers['Query']; Mutation: Partial<NonNullable<Resolvers['Mutation']>> } => {
  const caseOf = async (key: CaseKey | null, context: Context): Promise<CaseRecord | null> => {
    if (key === null) return null;
    const scope = await context.scope();
    const [record] = await inScope(core.app, scope, (tx) => casesById(tx, [key.id]));
    if (record === undefined || record.person !== key.person) throw outOfJurisdiction();
    return record;
  };

  const moved = async ({ case: key, findings }: Moved, context: Context) => ({
    case: await caseOf(key, context),
    findings,
  });

  /** A plan's own input beside the common one, each read by its own schema; all problems at once. */
  const read = <Shape extends ZodObject>(plan: { facts: Shape }, input: unknown) => {
    const whole = parseInput(CaseInput.extend(plan.facts.shape), input);
    return { common: CaseInput.parse(whole), facts: plan.facts.parse(whole) as z.infer<Shape> };
  };

  const request =
    <Shape extends ZodObject>(plan: CasePlan<z.infer<Shape>> & { facts: Shape }) =>
    async (_: unknown, { input }: { input: unknown }, context: Context) => {
      const { common, facts } = read(plan, input);
      const opened = await openCase(core, context.actor, plan, facts, common);
      const key = opened.case && opened.person ? { person: opened.person, id: opened.case } : null;
      return moved({ case: key, findings: opened.findings }, context);
    };

  const preview =
    <Shape extends ZodObject>(plan: CasePlan<z.infer<Shape>> & { facts: Shape }) =>
    async (
      _: unknown,
      { input }: { input: unknown },
      { actor }: Context,
    ): Promise<{ findings: Finding[] }> => {
      const { common, facts } = read(plan, input);
      return { findings: await previewCase(core, actor, plan, facts, common) };
    };

  return {
    Query: {
      enrollmentCase: async (_, { id }, context) => {
        authorize(context.actor, 'student.read');
        return caseOf(readCaseId(id), context);
      },
      enrollmentCases: async (_, { filter, ...page }, context) => {
        const actor = authorize(context.actor, 'student.read');
        if (filter?.student && !isUuid(filter.student)) throw outOfJurisdiction();
        return listCases({ core, actor, scope: await context.scope() }, filter ?? {}, page);
      },
      previewSuspension: preview(suspension),
      previewResumption: preview(resumption),
      previewWithdrawal: preview(withdrawal),
      previewAbroad: preview(abroad),
      previewReturn: preview(returning),
      previewOtherLeave: preview(otherLeave),
      previewDeath: preview(death),
      previewGradeChange: preview(gradeChange),
      previewExpulsion: preview(expulsion),
      previewComeBack: preview(comeBack),
    },
    Mutation: {
      requestSuspension: request(suspension),
      requestResumption: request(resumption),
      requestWithdrawal: request(withdrawal),
      markAbroad: request(abroad),
      markReturned: request(returning),
      markOtherLeave: request(otherLeave),
      reportDeath: request(death),
      requestGradeChange: request(gradeChange),
      requestExpulsion: request(expulsion),
      markBackAtSchool: request(comeBack),
      handleEnrollmentCase: async (_, { input }, context) =>
        moved(await handleCase(core, context.actor, input), context),
      decideEnrollmentCase: async (_, { input }, context) =>
        moved(await decideCase(core, context.actor, input), context),
      withdrawEnrollmentCase: async (_, { input }, context) =>
        moved(await withdrawCase(core, context.actor, input), context),
    },
  };
};
