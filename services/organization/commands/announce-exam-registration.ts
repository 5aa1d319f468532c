import { z } from 'zod';
import { Day, UnitCode } from '#libs/contracts/ids.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { ExamRegistration } from '#libs/law/organization/exam-registration.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { problemsOfExamRegistration } from '../calendar/exam-registration.ts';
import { recordChange } from '../store/change-record.ts';
import { saveExamRegistration } from '../store/exam-registrations.ts';
import { treeAround } from '../store/units.ts';
import { ownUnit, runOnce } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  region: UnitCode,
  schoolYear: z.int().min(2000).max(2100),
  endsOn: Day,
});

/**
 * A province, city or county announces for its own region on which day the registration for the college entrance
 * examination of a school year ends (TRF-16); announced again, the later word counts.
 */
export const announceExamRegistrationEnd = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<ExamRegistration> => {
  enforces('TRF-16');
  const caller = authorize(actor, 'exam-registration.announce');
  const wanted = parseInput(Input, input);
  const { region, schoolYear, endsOn } = wanted;
  if (caller.unit !== region) throw outOfJurisdiction();
  const problems = problemsOfExamRegistration(schoolYear, endsOn);
  if (problems.length > 0) throw badInput(problems);
  return runOnce(
    { core, caller, operation: 'announceExamRegistrationEnd' },
    wanted,
    async (tx, at): Promise<ExamRegistration> => {
      ownUnit(await treeAround(tx, [region]), caller);
      const announced = { region, schoolYear, endsOn };
      const { aggregate, version } = await saveExamRegistration(tx, announced, at);
      await recordChange(tx, { aggregate, version, action: 'ANNOUNCE', reason: endsOn, caller, at });
      return announced;
    },
  );
};
