import type { KnownPupil } from '#libs/contracts/commands/find-for-transfer.ts';
import { type RegistrationFact, readRegistration } from '#libs/contracts/commands/hand-over-registration.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { type LawPlace, lawPlaceOfSchool } from '#libs/law/layers.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import { judgeRunning } from '#libs/law/transfer/status.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { findPupil } from '../cases/lookup.ts';
import { type CaseFinding, notRegistered, pupilNotFound } from '../cases/own-finding.ts';
import { attendsLater } from './attendance-findings.ts';

/** A pupil who attends the caller's school, and where the registration is. */
export type Attender = {
  person: string;
  registration: RegistrationFact;
  from: SchoolFact;
  into: SchoolFact;
  place: LawPlace;
  calendar: WorkingDayCalendar;
};

/** Finds the pupil and asks where the registration is; findings alone where there is nobody, or nothing, to report. */
export const prepareAttendance = async (
  core: ServiceCore,
  caller: Actor,
  student: KnownPupil,
  since: string,
): Promise<{ attender: Attender } | { findings: CaseFinding[] }> => {
  const into = caller.school === undefined ? undefined : await core.directory.school(caller.school);
  if (into === undefined) throw outOfJurisdiction();
  const today = core.clock.today();
  if (since > today) return { findings: [attendsLater] };
  const pupil = await findPupil(core, student);
  if (pupil === undefined) return { findings: [pupilNotFound] };
  const { registration } = await ask(core.bus, readRegistration, { person: pupil.person });
  const from = registration === null ? undefined : await core.directory.school(registration.school);
  if (registration === null || from === undefined) return { findings: [notRegistered] };
  if (from.code === into.code) {
    return { findings: judgeRunning({ openCase: false, registeredAtTarget: true }, today, NATION) };
  }
  const calendar = workingDayCalendar(await core.directory.workingDays());
  const place = lawPlaceOfSchool(into);
  return { attender: { person: pupil.person, registration, from, into, place, calendar } };
};
