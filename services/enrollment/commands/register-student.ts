import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { SchoolCode } from '#libs/contracts/ids.ts';
import { channelOf } from '#libs/law/enrollment/channel.ts';
import { entryYearsAt, impliedEntryYear } from '#libs/law/enrollment/entry-year.ts';
import { lawPromotions } from '#libs/law/enrollment/grade.ts';
import type { Finding } from '#libs/law/finding.ts';
import { isLikeness } from '#libs/law/identity/duplicate.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { Action } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { PlacementAssessment, withWhatLiesBeside } from '../entry/beside-form.ts';
import { EntryStatement, withStatement } from '../overseas/statement.ts';
import { receivingSchool } from '../own-school.ts';
import type { EnrollmentRow } from '../registration/after-registration.ts';
import { CollectedForm } from '../registration/collected-form.ts';
import { contentKeyOf } from '../registration/content-key.ts';
import type { IntakeOutcome } from '../registration/finish-intakes.ts';
import type { FormFinding } from '../registration/form-findings.ts';
import { foundElsewhere } from '../registration/found-elsewhere.ts';
import { type HandedIn, type JudgedIntake, judgeIntake } from '../registration/intake.ts';
import { type IntakeRow, openIntakes } from '../registration/open-intakes.ts';
import { regionsOf } from '../registration/regions.ts';
import { type EndIntake, endIntake } from '../registration/register.ts';
import { searchDuplicates } from '../registration/search-duplicates.ts';

export const RegistrationInput = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  entryYear: z.int().min(2000).max(2100).nullish(),
  form: CollectedForm,
  overseas: EntryStatement.nullish(),
  assessment: PlacementAssessment.nullish(),
});

export type Registered = {
  person: string | null;
  enrollment: string | null;
  findings: FormFinding[];
  /** The refused registration by which a transfer can be opened, where a record stands elsewhere (TRF-53). */
  found?: string | null;
  /** The registration as this request has just written it. */
  written?: EnrollmentRow;
};

/**
 * The school year that a request means: the one it names, else the running one. While registrations for the coming
 * year are taken beside it, either may be meant, and the request has to name it.
 */
export const entryYearOf = async (
  core: ServiceCore,
  school: SchoolFact,
  named: number | null | undefined,
): Promise<number> => {
  const promotions = lawPromotions(await core.directory.promotions());
  const years = entryYearsAt(new Date(core.clock.now()), promotions, lawPlaceOfSchool(school));
  const entryYear = named ?? impliedEntryYear(years);
  if (entryYear !== undefined) return entryYear;
  const { running } = years;
  throw badInput([
    {
      path: ['entryYear'],
      code: 'ENTRY_YEAR_MISSING',
      message: `${running}学年尚未结束，${running + 1}学年已开始建籍，请写明入学年份：${running}或${running + 1}。 Two school years are open: name the entry year, ${running} or ${running + 1}.`,
    },
  ]);
};

export const handedIn = async (
  core: ServiceCore,
  school: SchoolFact,
  form: CollectedForm,
  entryYear: number | null | undefined,
): Promise<HandedIn> => ({
  form,
  school,
  channel: channelOf(form.overseasCategory),
  entryYear: await entryYearOf(core, school, entryYear),
  now: core.clock.now(),
  today: core.clock.today(),
  promotions: await core.directory.promotions(),
  regions: await regionsOf(core),
});

export const prepareRegistration = async (
  core: ServiceCore,
  actor: Actor | null,
  action: Action,
  input: unknown,
): Promise<{ caller: Actor; key: string; handed: HandedIn; judged: JudgedIntake }> => {
  const caller = authorize(actor, action);
  const asked = parseInput(RegistrationInput, input);
  const { school, form, entryYear, idempotencyKey } = asked;
  const handed = await handedIn(core, await receivingSchool(core, caller, school), form, entryYear);
  const stated = withStatement(judgeIntake(handed), handed, asked.overseas ?? null);
  const judged = withWhatLiesBeside(stated, handed, asked.assessment ?? null);
  return { caller, key: idempotencyKey, handed, judged };
};

/**
 * A school registers one pupil (W-03): all findings at once; what is not refused becomes PENDING_APPROVAL with a
 * temporary number. Handed in again with the same content it is the same registration; under the same key it is the
 * same answer, whatever became of the registration since.
 */
export const registerStudent = async (
  core: ServiceCore,
  end: EndIntake,
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
  const contentKey = contentKeyOf(core.sealing, school.code, form, handed.entryYear);
  const id = uuidv7();
  const opening = { id, contentKey, form, facts, school, by: caller.subject, at: handed.now };
  let opened: IntakeRow | undefined;
  const { intake } = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once(
      tx,
      {
        ...{
          operation: 'registerStudent',
          caller: caller.subject,
          key,
          request: contentKey.toString('hex'),
          at: handed.now,
        },
        likely: { intake: id },
      },
      async () => {
        [opened] = await openIntakes(tx, core.sealing, [opening]);
        if (opened === undefined) throw new Error('An intake that was opened could not be read');
        return { intake: opened.intake_id };
      },
    ),
  );
  const outcome = opened?.state === 'COLLECTING' ? await end(opened) : await endIntake(core, end, intake);
  return {
    person: outcome?.person ?? null,
    enrollment: outcome?.enrollment ?? null,
    findings: [...judged.findings, ...foundBySearch(outcome)],
    found: foundElsewhere(outcome?.intake, foundBySearch(outcome)),
    written: outcome?.written,
  };
};

/** What the nationwide search adds to the findings on a form: why it was refused, or what holds it. */
export const foundBySearch = (outcome: IntakeOutcome | undefined): Finding[] =>
  outcome === undefined || outcome.person === null
    ? (outcome?.findings ?? [])
    : outcome.findings.filter(isLikeness);
