import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { startOfDay } from '#libs/law/dates.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import { resolve } from '#libs/law/resolve.ts';
import { stepDue } from '#libs/law/transfer/clocks.ts';
import { judgeSpecialMove, mayRegistrationStay } from '#libs/law/transfer/special.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Trail } from '../cases/known-pupil.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { PupilByNumber } from '../cases/wanted.ts';
import { attendsBeforeStage, notSpecial, toldByOriginalSchool } from './attendance-findings.ts';
import { type Attender, prepareAttendance } from './prepare-attendance.ts';
import { type Report, type Reported, writeAttendance } from './write-attendance.ts';

const Attending = z.object({
  idempotencyKey: z.string().min(1).max(100),
  student: PupilByNumber,
  since: Day,
  acceptedInCompliance: z.boolean(),
  inclusiveClass: z.boolean().nullish(),
  registrationStays: z.boolean().nullish(),
});
type Attending = z.infer<typeof Attending>;

const isSpecial = ({ kind }: Attender['into']): boolean => kind === 'SPECIAL_EDUCATION';

/**
 * The registration stays only of a disabled pupil between a special school and an inclusive class, where law lets it
 * (TRF-29). The law of the place comes first and alone, so that its answer tells nothing of the pupil.
 */
const judgeStay = ({ registration, from, into, place }: Attender, today: string): CaseFinding[] => {
  const byLaw = judgeSpecialMove({ stage: registration.stage, registrationStays: true }, today, place);
  if (isRejected(byLaw)) return byLaw;
  return registration.disabled && isSpecial(from) !== isSpecial(into) ? byLaw : [...byLaw, notSpecial];
};

/**
 * True where a day is before the pupil's stage, or before the measures that say by when a transfer is to be started. A year
 * is left to whoever repeats one: the cohort is a later one then.
 */
const isBeforeStage = (since: string, { registration, place }: Attender): boolean =>
  since < `${registration.entryYearAdj - 1}-08-01` ||
  resolve('transferStepWithin', place, since).value === undefined;

/**
 * An inclusive class is for a pupil who is disabled by the registration, whatever the school says of it (TRF-49); there, or at
 * a special school, such a pupil owes no transfer where the registration may stay (TRF-29).
 */
const reportOf = (
  asked: Attending,
  { into, place, calendar, registration }: Attender,
  today: string,
): Report => {
  const stays = asked.registrationStays === true;
  const { disabled, stage } = registration;
  const exempt = stays || isSpecial(into) || (disabled && asked.inclusiveClass === true);
  const owesNothing = stays || (disabled && exempt && mayRegistrationStay(today, place, stage));
  const from = startOfDay(asked.since);
  return {
    basis: stays ? 'REGISTRATION_STAYS' : 'WITHOUT_TRANSFER',
    since: asked.since,
    exempt,
    inCompliance: asked.acceptedInCompliance,
    fault: null,
    clock: owesNothing ? null : { from, due: stepDue(from, place, calendar) },
  };
};

/**
 * A school reports a pupil who attends it while the registration is elsewhere. Attendance is never refused (ENR-05, CF-13);
 * that there are no formalities yet is on record (TRF-49), and the school starts the transfer within ten working days
 * (TRF-50). Where the law lets the registration of a disabled pupil stay, that alone is recorded (TRF-29, CF-22).
 */
export const reportAttending = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
  trail: Trail,
): Promise<Reported> => {
  const caller = authorize(actor, 'attendance.report');
  const { idempotencyKey: key, ...asked } = parseInput(Attending, input);
  const prepared = await prepareAttendance(core, { actor: caller, trail }, asked.student, asked.since);
  if ('findings' in prepared) return { attendance: null, findings: prepared.findings };
  const { attender } = prepared;
  if (attender.into.kind === 'SPECIALIZED') return { attendance: null, findings: [toldByOriginalSchool] };
  if (isBeforeStage(asked.since, attender)) return { attendance: null, findings: [attendsBeforeStage] };
  const against = asked.registrationStays === true ? judgeStay(attender, core.clock.today()) : [];
  if (isRejected(against)) return { attendance: null, findings: against };
  const report = reportOf({ idempotencyKey: key, ...asked }, attender, core.clock.today());
  return writeAttendance({ core, caller, operation: 'reportAttending' }, { key, asked }, attender, report);
};
