import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  type CountingMarks,
  EnrollmentApproved,
  EnrollmentHandedOver,
  EnrollmentRegistered,
  EnrollmentRejected,
  EnrollmentResubmitted,
} from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import { enrollmentStatusEvents } from '#libs/contracts/events/enrollment-status.ts';
import {
  type CountedIdentity,
  type CountedLiving,
  FormalNumberIssued,
  NumberClosed,
  PreschoolNumberContinued,
  StudentInfoUpdated,
  TemporaryNumberAssigned,
} from '#libs/contracts/events/identity.ts';
import {
  KeyInfoChanged,
  NumberDeleted,
  NumberGivenAnew,
  NumberReissued,
  NumberUpgraded,
} from '#libs/contracts/events/key-change.ts';
import { EnrollmentStatus, type Stage, type StudentNumberKind } from '#libs/contracts/vocabulary.ts';

/** A registration as it is counted. */
export type Registration = {
  enrollment: string;
  school: string;
  stage: Stage;
  entryYearAdj: number;
  lastGrade: number;
  /** Instant from which the grade stands still; null while it runs. */
  frozenAt: string | null;
  status: EnrollmentStatus;
  marks: CountingMarks;
};

/** What identity, whose facts they are, has told of somebody: who it is, and what is known to change; null for nothing. */
export type Told = { identity: CountedIdentity | null; living: CountedLiving | null };

/**
 * One person as far as it is known here. Number and registration come from different services in any order, so
 * each may still be missing; where both are known the registration says the place.
 */
export type Pupil = {
  person: string;
  place: number;
  province: string;
  registration: Registration | null;
  numberKind: StudentNumberKind | null;
  /** What identity has told since the registration: it stands over the registration's word. */
  told: Told;
};

type Whereabouts = { person: string; place: number; province: string };

/** What an event means for the stock. */
export type StockEvent = Whereabouts &
  (
    | { kind: 'REGISTERED'; registration: Registration }
    | {
        kind: 'STATUS';
        enrollment: string;
        school: string;
        status: EnrollmentStatus;
        /** What else of the registration is said anew. */
        anew?: Partial<Pick<Registration, 'stage' | 'entryYearAdj' | 'lastGrade' | 'frozenAt' | 'marks'>>;
      }
    | { kind: 'NUMBER'; numberKind: StudentNumberKind | null; told: Partial<Told> }
    | { kind: 'IDENTITY'; told: Partial<Told> }
  );

/** A decision on a registration that was never told of: it is set aside until the registration is there. */
export class UnknownRegistration extends Error {
  readonly code = 'UNKNOWN_REGISTRATION';
}

const registered = (event: Envelope): StockEvent => {
  const { person, place, province, channel: _, ...registration } = readEvent(EnrollmentRegistered, event);
  return { kind: 'REGISTERED', person, place, province, registration: { ...registration, frozenAt: null } };
};

const whereabouts = ({ person, place, province }: Whereabouts): Whereabouts => ({ person, place, province });

/** Events that change the status of a registration and nothing else. */
const statusKinds = [EnrollmentApproved, EnrollmentRejected] as const;
/** Events that give a number of a kind. */
const numberKinds = [FormalNumberIssued, NumberReissued, NumberUpgraded, NumberGivenAnew] as const;
/** Events that give a number to somebody who comes with a form: a later one says who the person is by now. */
const arrivals = [TemporaryNumberAssigned, PreschoolNumberContinued] as const;
/** Events after which there is no number. */
const endings = [NumberClosed, NumberDeleted] as const;
/** Events that say who somebody is by now. */
const identities = [KeyInfoChanged, StudentInfoUpdated] as const;

const toldBy = ({
  counted,
  living,
}: {
  counted?: CountedIdentity;
  living?: CountedLiving;
}): Partial<Told> => ({
  ...(counted && { identity: counted }),
  ...(living && { living }),
});

const readIdentity = (event: Envelope): StockEvent | undefined => {
  const { type } = event;
  const arrival = arrivals.find((kind) => kind.type === type);
  if (arrival !== undefined) {
    const data = readEvent(arrival, event);
    return { ...whereabouts(data), kind: 'NUMBER', numberKind: data.kind, told: toldBy(data) };
  }
  const number = numberKinds.find((kind) => kind.type === type);
  if (number !== undefined) {
    const data = readEvent(number, event);
    return { ...whereabouts(data), kind: 'NUMBER', numberKind: data.kind, told: {} };
  }
  const ending = endings.find((kind) => kind.type === type);
  if (ending !== undefined) {
    return { ...whereabouts(readEvent(ending, event)), kind: 'NUMBER', numberKind: null, told: {} };
  }
  const identity = identities.find((kind) => kind.type === type);
  if (identity === undefined) return undefined;
  const data = readEvent(identity, event);
  return { ...whereabouts(data), kind: 'IDENTITY', told: toldBy(data) };
};
/** Events that tell the status of a registration and where it is in the grades. */
const positionKinds = [...enrollmentStatusEvents, EnrollmentMoved] as const;

/** Reads an event; `undefined` for kinds that count nothing. Throws a ZodError for a broken one. */
export const readStockEvent = (event: Envelope): StockEvent | undefined => {
  const { type } = event;
  if (type === EnrollmentRegistered.type) return registered(event);
  const status = statusKinds.find((kind) => kind.type === type);
  if (status !== undefined) {
    const data = readEvent(status, event);
    const { enrollment, school } = data;
    return { ...whereabouts(data), kind: 'STATUS', enrollment, school, status: data.status };
  }
  const change = positionKinds.find((kind) => kind.type === type);
  if (change !== undefined) {
    const data = readEvent(change, event);
    const { enrollment, school, position } = data;
    return { ...whereabouts(data), kind: 'STATUS', enrollment, school, status: data.status, anew: position };
  }
  if (type === EnrollmentHandedOver.type) {
    const { person, place, province, reason: _, from: __, ...there } = readEvent(EnrollmentHandedOver, event);
    return {
      kind: 'REGISTERED',
      person,
      place,
      province,
      registration: { ...there, frozenAt: there.frozenAt ?? null },
    };
  }
  if (type === EnrollmentResubmitted.type) {
    const data = readEvent(EnrollmentResubmitted, event);
    const { enrollment, school, corrected } = data;
    return { ...whereabouts(data), kind: 'STATUS', enrollment, school, status: data.status, anew: corrected };
  }
  return readIdentity(event);
};

/**
 * The person after an event. Events of one service come in its order, those of two services in any: both ways lead
 * to the same person. Throws UnknownRegistration.
 */
export const pupilAfter = (before: Pupil | undefined, event: StockEvent): Pupil => {
  const { person, place, province } = event;
  const known = before ?? { person, place, province, registration: null, numberKind: null, told: nothing };
  switch (event.kind) {
    case 'REGISTERED':
      return { ...known, place, province, registration: asTold(event.registration, known.told) };
    case 'STATUS': {
      const { registration } = known;
      if (registration === null) throw new UnknownRegistration('a decision without its registration');
      if (registration.enrollment !== event.enrollment) return known;
      const { school, status, anew } = event;
      const now = asTold({ ...registration, ...anew, school, status }, known.told);
      return { ...known, place, province, registration: now };
    }
    case 'NUMBER':
      return located({ ...toldOf(known, event.told), numberKind: event.numberKind }, event);
    case 'IDENTITY':
      return located(toldOf(known, event.told), event);
    default:
      return event satisfies never;
  }
};

const nothing: Told = { identity: null, living: null };

/** A registration with what identity has told of its pupil. */
export const asTold = (registration: Registration, { identity, living }: Told): Registration => ({
  ...registration,
  marks: { ...registration.marks, ...identity, ...living },
});

const toldOf = (known: Pupil, news: Partial<Told>): Pupil => {
  const told = { ...known.told, ...news };
  return { ...known, told, registration: known.registration && asTold(known.registration, told) };
};

/** Where both are known the registration says the place. */
const located = (pupil: Pupil, { place, province }: Whereabouts): Pupil =>
  pupil.registration === null ? { ...pupil, place, province } : pupil;

const counted: Readonly<Record<EnrollmentStatus, boolean>> = {
  PENDING_APPROVAL: true,
  RETURNED_TO_SCHOOL: true,
  IN_SCHOOL: true,
  SUSPENDED: true,
  REFUSED: false,
  GRADUATED: false,
  ADMITTED: false,
  COMPLETED: false,
  WITHDRAWN: false,
  EXPELLED: false,
  ABROAD: false,
  LEFT_OTHER: false,
  CANCELLED: false,
  ADMISSION_CANCELLED: false,
};

/** Whether the registration is one that counts: made and not ended. */
export const isCounted = (status: EnrollmentStatus): boolean => counted[status];

/** Every status that counts. */
export const countedStatuses = (): EnrollmentStatus[] => EnrollmentStatus.options.filter(isCounted);
