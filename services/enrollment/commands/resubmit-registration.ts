import { z } from 'zod';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { approvalDue } from '#libs/law/enrollment/approval.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { readEnrollmentId } from '../enrollment-id.ts';
import { CollectedForm } from '../registration/collected-form.ts';
import { correctionKeyOf } from '../registration/content-key.ts';
import type { FormFinding } from '../registration/form-findings.ts';
import { handInAgain, lockReturned, type Returned } from '../registration/hand-in-again.ts';
import { type HandedIn, judgeIntake } from '../registration/intake.ts';
import { openIntakes } from '../registration/open-intakes.ts';
import { type EndIntake, endIntake } from '../registration/register.ts';
import { foundBySearch, handedIn } from './register-student.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  enrollment: z.string().max(100),
  expectedVersion: z.int(),
  note: z.string().trim().min(1).max(1000),
  form: CollectedForm.nullish(),
  entryYear: z.int().min(2000).max(2100).nullish(),
});
type Input = z.infer<typeof Input>;

/** What the first transaction settled: refused, handed in, or an intake that identity has yet to answer. */
type Begun = { findings: FormFinding[]; intake: string | null };
export type Resubmitted = { done: boolean; findings: FormFinding[] };

/**
 * A registration that was sent back goes to the authority again: with what the school says to it, and, where a form
 * comes along, with the data corrected, the law and the nationwide check asked anew (W-03). What is refused stays
 * with the school as it was.
 */
export const resubmitRegistration = async (
  core: ServiceCore,
  end: EndIntake,
  actor: Actor | null,
  input: unknown,
): Promise<Resubmitted> => {
  const caller = authorize(actor, 'registration.enter');
  const asked = parseInput(Input, input);
  const at = core.clock.now();
  const scope = await core.directory.scopeOf(caller);
  const { findings, intake } = await inScope(core.app, scope, (tx) =>
    once<Begun>(
      tx,
      {
        operation: 'resubmitRegistration',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: requestOf(core, asked),
        at,
      },
      () => begin(core, tx, caller, asked, at),
    ),
  );
  core.wakeRelay();
  if (intake === null) return { done: findings.every(({ outcome }) => outcome !== 'REJECT'), findings };
  const outcome = await endIntake(core, end, intake);
  return { done: outcome?.person !== null, findings: [...findings, ...foundBySearch(outcome)] };
};

/** The request as it is remembered: of its form a keyed hash, as of everything that holds personal data. */
const requestOf = ({ sealing }: ServiceCore, { form, ...asked }: Input): unknown => ({
  ...asked,
  form: form && correctionKeyOf(sealing, asked.enrollment, asked.expectedVersion, form).toString('hex'),
});

const begin = async (core: ServiceCore, tx: Tx, caller: Actor, asked: Input, at: string): Promise<Begun> => {
  const { person, enrollment } = readEnrollmentId(asked.enrollment);
  const row = await lockReturned(tx, person, enrollment);
  if (row === undefined || caller.school !== row.school) throw outOfJurisdiction();
  if (row.version !== asked.expectedVersion || (await isBeingCorrected(tx, person)))
    throw versionConflict(row.version);
  const school = await core.directory.school(row.school);
  if (school === undefined) throw outOfJurisdiction();
  const place = lawPlaceOfSchool(school);
  if (row.status !== 'RETURNED_TO_SCHOOL')
    return { intake: null, findings: [notReturned(core.clock.today(), place)] };
  if (asked.form) return beginCorrection(core, tx, caller, asked, asked.form, row, school);
  const calendar = await calendarOf(core);
  const due = approvalDue(new Date(at), place, calendar);
  await handInAgain(tx, row, { at, due, note: asked.note, facts: null, by: caller.subject });
  return { intake: null, findings: [] };
};

/** A crash may have left a correction half way: until it is resumed nothing else is done to the registration. */
const isBeingCorrected = async (tx: Tx, person: string): Promise<boolean> =>
  (
    await query(tx, `select 1 from intake where person_id = $1 and corrects and state = 'COLLECTING'`, [
      person,
    ])
  ).length > 0;

const beginCorrection = async (
  core: ServiceCore,
  tx: Tx,
  caller: Actor,
  asked: Input,
  form: CollectedForm,
  row: Returned,
  school: SchoolFact,
): Promise<Begun> => {
  const plain = await handedIn(core, school, form, asked.entryYear);
  const handed: HandedIn =
    row.channel === 'NON_GRADE_ONE_BATCH'
      ? { ...plain, channel: row.channel, nationalCheck: 'PASSED' }
      : plain;
  const { facts, findings } = judgeIntake(handed);
  if (facts === null) return { intake: null, findings };
  const [opened] = await openIntakes(tx, core.sealing, [
    {
      contentKey: correctionKeyOf(core.sealing, row.enrollment, row.version, form),
      form,
      facts,
      school,
      by: caller.subject,
      at: handed.now,
      correction: { person: row.person, enrollment: row.enrollment, note: asked.note },
    },
  ]);
  return { intake: opened?.intake_id ?? null, findings };
};

const notReturned = (on: string, place: LawPlace): Finding =>
  finding('ENR-08', {
    code: 'NOT_RETURNED_TO_SCHOOL',
    outcome: 'REJECT',
    message: '该学籍未被退回，无须重新提交。',
    messageEn: 'This registration was not sent back.',
    remedy: '请刷新后查看最新状态。',
    on,
    place,
  });
