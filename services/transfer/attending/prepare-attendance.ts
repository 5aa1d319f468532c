import type { KnownPupil } from '#libs/contracts/commands/find-for-transfer.ts';
import { type RegistrationFact, readRegistration } from '#libs/contracts/commands/hand-over-registration.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { type LawPlace, lawPlaceOfSchool } from '#libs/law/layers.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import { judgeRunning } from '#libs/law/transfer/status.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { findKnownPupil } from '../cases/known-pupil.ts';
import { type CaseFinding, notRegistered } from '../cases/own-finding.ts';
import type { Asker } from '../commands/prepare-case.ts';
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
  asker: Asker,
  student: KnownPupil,
  since: string,
): Promise<{ attender: Attender } | { findings: CaseFinding[] }> => {
  const { school: code } = asker.actor;
  const into = code === undefined ? undefined : await core.directory.school(code);
  if (into === undefined) throw outOfJurisdiction();
  const today = core.clock.today();
  if (since > today) return { findings: [attendsLater] };
  const pupil = await findKnownPupil(core, asker, student);
  if ('findings' in pupil) return pupil;
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
