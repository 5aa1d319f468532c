import type { Actor } from '#libs/platform/actor/actor.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { recordProgressAssessment } from '../assessment/record-assessment.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { changedEnrollment } from '../queries.ts';
import { completeTransferFormalities } from '../transfer/take-up.ts';
import { askCancellation } from './ask-cancellation.ts';
import { confirmBasicInfo } from './basic-info.ts';
import { logGuardianContact } from './log-contact.ts';
import type { Done } from './on-registration.ts';
import { clearAway, reportAway } from './report-away.ts';
import { enterSpecializedSchool, fixReturnGrade, proposeReturnGrade } from './specialized-school.ts';

type Command = (core: ServiceCore, actor: Actor | null, input: unknown) => Promise<Done>;

/** Mutations that set marks and keep records beside the state of a registration. */
export const createMarkResolvers = (core: ServiceCore): Partial<NonNullable<Resolvers['Mutation']>> => {
  const run =
    (command: Command) =>
    async (_: unknown, { input }: { input: { enrollment: string } }, context: Context) => {
      const { done, findings } = await command(core, context.actor, input);
      return { enrollment: done ? await changedEnrollment(context, input.enrollment) : null, findings };
    };

  return {
    logGuardianContact: run(logGuardianContact),
    reportAway: run(reportAway),
    clearAway: run(clearAway),
    askCancellation: run(askCancellation),
    enterSpecializedSchool: run(enterSpecializedSchool),
    proposeReturnGrade: run(proposeReturnGrade),
    fixReturnGrade: run(fixReturnGrade),
    confirmBasicInfo: run(confirmBasicInfo),
    completeTransferFormalities: run(completeTransferFormalities),
    recordProgressAssessment: run(recordProgressAssessment),
  };
};
