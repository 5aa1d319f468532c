import { v7 as uuidv7 } from 'uuid';
import { findPersons, findPersonsContext } from '#libs/contracts/commands/find-persons.ts';
import { type RegistrationFact, readRegistration } from '#libs/contracts/commands/hand-over-registration.ts';
import type { TicketOrigin } from '#libs/contracts/vocabulary.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { isAtPhone } from '../standing/parties.ts';
import type { TicketChannel } from '../tickets/ticket.ts';
import type { Filing, Problem } from './complaint-input.ts';

type Core = Pick<ServiceCore, 'bus' | 'directory' | 'sealing'>;

/** Who files, in which capacity. */
export type Filer = { caller: Actor; origin: TicketOrigin; channel: TicketChannel };

/** Whom a complaint is about, and the authority from which the way up begins. */
export type About = { student: string | null; school: string | null; home: string };

/** In which capacity somebody files: families for their own child, schools for their pupils, units and call centres for callers. */
export const filerOf = (actor: Actor | null, channel?: Filing['channel']): Filer => {
  if (actor?.level === 'NONE')
    return { caller: authorize(actor, 'ticket.file-own'), origin: 'GUARDIAN', channel: 'PORTAL' };
  if (actor?.level === 'SCHOOL')
    return { caller: authorize(actor, 'ticket.file'), origin: 'SCHOOL', channel: channel ?? 'COUNTER' };
  const caller = authorize(actor, 'ticket.take');
  return { caller, origin: isAtPhone(caller) ? 'CALL_CENTRE' : 'UNIT', channel: channel ?? 'PHONE' };
};

const registrationOf = async ({ bus }: Core, person: string): Promise<RegistrationFact | null> =>
  (await ask(bus, readRegistration, { person })).registration;

/** Who it is that a caller names by name and number together; null for nobody, of which nothing is told. */
const namedPerson = async (
  { bus, sealing }: Core,
  { name, studentNumber }: { name: string; studentNumber: string },
): Promise<string | null> => {
  const id = uuidv7();
  const sealed = sealing.seal(JSON.stringify([{ studentNumber, name }]), findPersonsContext(id));
  const { persons } = await ask(bus, findPersons, { id, sealed: sealed.toString('base64') });
  return persons[0] ?? null;
};

/** A student within the filer's own standing; OUT_OF_JURISDICTION for any other, and for one that is nobody. */
const ownStudent = async (
  core: Core,
  { caller }: Filer,
  student: string,
): Promise<RegistrationFact | null> => {
  const scope = await core.directory.scopeOf(caller);
  if (caller.level === 'NONE') {
    if (!scope.persons.includes(student)) throw outOfJurisdiction();
    return registrationOf(core, student);
  }
  const registration = await registrationOf(core, student);
  if (registration === null || registration.place < scope.lo || registration.place > scope.hi)
    throw outOfJurisdiction();
  return registration;
};

/** The authority from which the way up begins where no child is registered. */
const ownAuthority = async ({ directory }: Core, caller: Actor): Promise<string> => {
  if (caller.level !== 'SCHOOL') return unitOf(caller) || '000000';
  return (await directory.school(unitOf(caller)))?.authority ?? '000000';
};

/** Whom a complaint is about. Families and schools name a student of theirs; callers may be about nobody in particular. */
export const aboutOf = async (
  core: Core,
  filer: Filer,
  { student, studentNamed }: Problem & Pick<Filing, 'studentNamed'>,
): Promise<About> => {
  const isOwn = filer.origin === 'GUARDIAN' || filer.origin === 'SCHOOL';
  if (isOwn && !student && filer.origin === 'GUARDIAN') throw outOfJurisdiction();
  if (student) {
    const registration = await ownStudent(core, filer, student);
    return { student, ...(await homeOf(core, filer, registration)) };
  }
  const named = isOwn || !studentNamed ? null : await namedPerson(core, studentNamed);
  const registration = named === null ? null : await registrationOf(core, named);
  return { student: named, ...(await homeOf(core, filer, registration)) };
};

const homeOf = async (core: Core, { caller }: Filer, registration: RegistrationFact | null) => {
  const school = registration?.school ?? null;
  const fact = school === null ? undefined : await core.directory.school(school);
  return { school, home: fact?.authority ?? (await ownAuthority(core, caller)) };
};
