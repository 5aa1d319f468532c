import { z } from 'zod';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { SchoolCode } from '#libs/contracts/ids.ts';
import { schoolYearOn } from '#libs/law/enrollment/grade.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { Action } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { CollectedForm } from '../registration/collected-form.ts';
import { contentKeyOf } from '../registration/content-key.ts';
import { type HandedIn, type JudgedIntake, judgeIntake, lawPromotions } from '../registration/intake.ts';
import { openIntakes } from '../registration/open-intakes.ts';
import { endIntake } from '../registration/register.ts';
import { searchDuplicates } from '../registration/search-duplicates.ts';

export const RegistrationInput = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  entryYear: z.int().min(2000).max(2100).nullish(),
  form: CollectedForm,
});

export type Registered = { person: string | null; enrollment: string | null; findings: Finding[] };

/** The school of the caller's own staff; anything else is out of jurisdiction, existing or not. */
export const ownSchool = async (core: ServiceCore, actor: Actor, school: string): Promise<SchoolFact> => {
  const fact = actor.school === school ? await core.directory.school(school) : undefined;
  if (fact === undefined || fact.state !== 'ACTIVE') throw outOfJurisdiction();
  return fact;
};

export const handedIn = async (
  core: ServiceCore,
  school: SchoolFact,
  form: CollectedForm,
  entryYear: number | null | undefined,
): Promise<HandedIn> => ({
  form,
  school,
  channel: form.overseasCategory === 'NONE' ? 'PRIMARY_GRADE_ONE' : 'OVERSEAS',
  entryYear: entryYear ?? undefined,
  now: core.clock.now(),
  today: core.clock.today(),
  promotions: await core.directory.promotions(),
});

/** The year that an intake counts from: the one given, or the school year that runs. */
export const entryYearOf = (handed: HandedIn): number =>
  handed.entryYear ?? schoolYearOn(new Date(handed.now), lawPromotions(handed.promotions));

export const prepareRegistration = async (
  core: ServiceCore,
  actor: Actor | null,
  action: Action,
  input: unknown,
): Promise<{ caller: Actor; key: string; handed: HandedIn; judged: JudgedIntake }> => {
  const caller = authorize(actor, action);
  const { school, form, entryYear, idempotencyKey } = parseInput(RegistrationInput, input);
  const handed = await handedIn(core, await ownSchool(core, caller, school), form, entryYear);
  return { caller, key: idempotencyKey, handed, judged: judgeIntake(handed) };
};

/**
 * A school registers one pupil (W-03): all findings at once; what is not refused becomes PENDING_APPROVAL with a
 * temporary number. Handed in again with the same content it is the same registration; under the same key it is the
 * same answer, whatever became of the registration since.
 */
export const registerStudent = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Registered> => {
  const { caller, key, handed, judged } = await prepareRegistration(core, actor, 'registration.enter', input);
  const { facts } = judged;
  if (facts === null) {
    const [duplicates = []] = await searchDuplicates(core, [handed]);
    return { person: null, enrollment: null, findings: [...judged.findings, ...duplicates] };
  }
  const { form, school } = handed;
  const contentKey = contentKeyOf(core.sealing, school.code, form, entryYearOf(handed));
  const opening = { contentKey, form, facts, school, by: caller.subject, at: handed.now };
  const { intake } = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once(
      tx,
      { caller: caller.subject, key, request: contentKey.toString('hex'), at: handed.now },
      async () => {
        const [opened] = await openIntakes(tx, core.sealing, [opening]);
        if (opened === undefined) throw new Error('An intake that was opened could not be read');
        return { intake: opened.intake_id };
      },
    ),
  );
  const outcome = await endIntake(core, intake);
  const refusals = outcome?.person === null ? outcome.findings : [];
  return {
    person: outcome?.person ?? null,
    enrollment: outcome?.enrollment ?? null,
    findings: [...judged.findings, ...refusals],
  };
};
